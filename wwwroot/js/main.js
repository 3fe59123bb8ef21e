// The chat page: one conversation, one answer at a time.
import { listModels, streamChat } from './api.js';
import * as settings from './settings.js';
import * as transcript from './transcript.js';

const byId = id => document.getElementById(id);
const messages = [];
let running = null;

function say(text, bad = false) {
  byId('status').textContent = text;
  byId('status').classList.toggle('bad', bad);
}

async function loadModels() {
  try {
    const models = await listModels(settings.apiKey());
    byId('model').replaceChildren(...models.map(id => new Option(id, id)));
    const last = localStorage.getItem('hone.model');
    if (models.includes(last)) byId('model').value = last;
    say('');
  } catch (problem) {
    say(problem.message, true);
  }
}

function setRunning(controller) {
  running = controller;
  byId('stop').hidden = controller === null;
  byId('send').hidden = controller !== null;
}

function request() {
  const system = settings.systemMessage();
  return {
    model: byId('model').value,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages],
    ...settings.sampling(),
  };
}

// Time to first token in ms and tokens per second after it.
function figures(begun, first, usage) {
  const now = performance.now();
  const parts = [`first token after ${Math.round(first - begun)} ms`];
  if (usage) {
    if (usage.completion_tokens > 1) parts.push(`${((usage.completion_tokens - 1) / ((now - first) / 1000)).toFixed(1)} tokens/s`);
    parts.push(`${usage.prompt_tokens} + ${usage.completion_tokens} tokens`, `${usage.prompt_tokens_details.cached_tokens} cached`);
  }
  return parts.join(' · ');
}

async function answer() {
  let body;
  try {
    body = request();
  } catch (problem) {
    say(problem.message, true);
    return;
  }
  const controller = new AbortController();
  setRunning(controller);
  say('Thinking…');
  const view = transcript.addAnswer(body.model);
  const begun = performance.now();
  let first = null, usage = null, text = '';
  try {
    for await (const piece of streamChat(body, settings.apiKey(), controller.signal)) {
      if (first === null && piece.text) {
        first = performance.now();
        say('Answering…');
      }
      text += piece.text;
      usage = piece.usage ?? usage;
      view.append(piece.text, piece.tokens);
    }
    say('');
  } catch (problem) {
    if (controller.signal.aborted) say('Stopped.');
    else {
      view.fail(problem.message);
      say(problem.message, true);
    }
  } finally {
    setRunning(null);
    if (first !== null) view.figures(figures(begun, first, usage));
    if (text) messages.push({ role: 'assistant', content: text });
    byId('prompt').focus();
  }
}

function send() {
  const text = byId('prompt').value.trim();
  if (!text || running) return;
  if (messages.at(-1)?.role === 'user') messages.pop();
  messages.push({ role: 'user', content: text });
  transcript.addUser(text);
  byId('prompt').value = '';
  answer();
}

function newChat() {
  running?.abort();
  messages.length = 0;
  transcript.clear();
  say('');
  byId('prompt').focus();
}

byId('composer').addEventListener('submit', event => { event.preventDefault(); send(); });
byId('prompt').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') running?.abort();
  if (event.altKey && event.key.toLowerCase() === 'n') newChat();
});
byId('stop').addEventListener('click', () => running?.abort());
byId('new-chat').addEventListener('click', newChat);
byId('toggle-settings').addEventListener('click', () => {
  const hidden = byId('settings').toggleAttribute('hidden');
  byId('toggle-settings').setAttribute('aria-expanded', String(!hidden));
});
byId('model').addEventListener('change', () => localStorage.setItem('hone.model', byId('model').value));
byId('api-key').addEventListener('change', loadModels);

settings.restore();
loadModels();
