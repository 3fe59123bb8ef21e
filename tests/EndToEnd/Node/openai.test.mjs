// openai-node against a running Hone: BASE_URL and MODEL come from the environment. Run by Node's own test runner.
import assert from 'node:assert/strict';
import test from 'node:test';
import OpenAI from 'openai';

const model = process.env.MODEL;
const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY ?? 'none', maxRetries: 0 });
const messages = [{ role: 'user', content: 'Name one colour.' }];
const sampling = { model, messages, temperature: 0, max_completion_tokens: 12 };

test('models are listed', async () => {
  const ids = [];
  for await (const entry of client.models.list()) ids.push(entry.id);
  assert.ok(ids.includes(model));
  assert.equal((await client.models.retrieve(model)).id, model);
});

test('a chat completion and its stream say the same', async () => {
  const whole = await client.chat.completions.create(sampling);
  assert.ok(whole.choices[0].message.content.length > 0);
  assert.ok(whole._request_id);
  let text = '';
  for await (const chunk of await client.chat.completions.create({ ...sampling, stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
  assert.equal(text, whole.choices[0].message.content);
});

test("the stream helper's strict accumulator is content", async () => {
  const stream = client.chat.completions.stream({ ...sampling, n: 2, logprobs: true, top_logprobs: 3, stream_options: { include_usage: true } });
  const final = await stream.finalChatCompletion();
  assert.equal(final.choices.length, 2);
  assert.equal(final.choices[0].message.content, final.choices[1].message.content);
  assert.equal(final.choices[0].logprobs.content.map(t => t.token).join(''), final.choices[0].message.content);
  assert.ok(final.usage.completion_tokens > 0);
});

test('leaving a stream early works', async () => {
  const stream = await client.chat.completions.create({ ...sampling, max_completion_tokens: 500, stream: true });
  for await (const chunk of stream) if (chunk.choices[0].delta.content) break;
  assert.ok((await client.models.list()).data.length > 0);
});

test('a text completion and its stream say the same', async () => {
  const request = { model, prompt: 'Once upon a time', temperature: 0, max_tokens: 8 };
  const whole = await client.completions.create(request);
  let text = '';
  for await (const chunk of await client.completions.create({ ...request, stream: true })) text += chunk.choices[0]?.text ?? '';
  assert.equal(text, whole.choices[0].text);
});

test('errors are of the right class and name the parameter', async () => {
  await assert.rejects(client.chat.completions.create({ ...sampling, temperature: 9 }), error =>
    error instanceof OpenAI.BadRequestError && error.param === 'temperature');
  await assert.rejects(client.chat.completions.create({ ...sampling, model: 'no-such' }), error =>
    error instanceof OpenAI.NotFoundError && error.code === 'model_not_found');
});
