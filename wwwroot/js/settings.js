// Sampling settings of the page. Empty fields are left out of the request, so that the model's own defaults hold.
const NUMBERS = ['temperature', 'top_p', 'top_k', 'min_p', 'repetition_penalty', 'max_tokens', 'seed'];
const KEPT = ['system', ...NUMBERS];
const byId = id => document.getElementById(id);

export function restore() {
  for (const id of KEPT) byId(id).value = localStorage.getItem(`hone.${id}`) ?? '';
  byId('logprobs').checked = localStorage.getItem('hone.logprobs') === 'true';
  byId('api-key').value = sessionStorage.getItem('hone.api-key') ?? '';
  byId('settings').addEventListener('input', save);
  byId('settings').addEventListener('submit', event => event.preventDefault());
}

function save() {
  for (const id of KEPT) localStorage.setItem(`hone.${id}`, byId(id).value);
  localStorage.setItem('hone.logprobs', byId('logprobs').checked);
  sessionStorage.setItem('hone.api-key', byId('api-key').value);
}

export const apiKey = () => byId('api-key').value.trim();
export const systemMessage = () => byId('system').value.trim();

// The request's sampling fields. Throws with the field's own complaint if one is out of bounds.
export function sampling() {
  const fields = {};
  for (const id of NUMBERS) {
    const input = byId(id);
    if (!input.checkValidity()) throw new Error(`${input.labels[0].textContent.trim()}: ${input.validationMessage}`);
    if (input.value !== '') fields[id] = Number(input.value);
  }
  if (byId('logprobs').checked) Object.assign(fields, { logprobs: true, top_logprobs: 5 });
  return fields;
}
