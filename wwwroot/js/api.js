// The server's API as the page uses it. Errors carry the server's own message.
import { dataFrames } from './sse.js';

const headers = key => ({ 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) });

async function refuse(response) {
  let message = `${response.status} ${response.statusText}`;
  try {
    message = (await response.json()).error.message;
  } catch {
    // Not an API error body (a proxy's page, say): the status says enough.
  }
  throw new Error(message);
}

export async function listModels(key) {
  const response = await fetch('v1/models', { headers: headers(key) });
  if (!response.ok) await refuse(response);
  return (await response.json()).data.map(model => model.id);
}

// Yields { text, tokens, finish, usage } for each chunk of a streamed chat completion.
export async function* streamChat(request, key, signal) {
  const response = await fetch('v1/chat/completions', {
    method: 'POST', headers: headers(key), signal,
    body: JSON.stringify({ ...request, stream: true, stream_options: { include_usage: true } }),
  });
  if (!response.ok) await refuse(response);
  for await (const data of dataFrames(response)) {
    if (data === '[DONE]') return;
    const chunk = JSON.parse(data);
    if (chunk.error) throw new Error(chunk.error.message);
    const choice = chunk.choices[0];
    yield {
      text: choice?.delta.content ?? '',
      tokens: choice?.logprobs?.content ?? [],
      finish: choice?.finish_reason ?? null,
      usage: chunk.usage ?? null,
    };
  }
  throw new Error('The answer broke off: the connection closed before the server said it was done.');
}
