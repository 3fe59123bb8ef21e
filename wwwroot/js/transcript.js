// The conversation on the page. Model output only ever becomes text nodes, never markup.
const list = document.getElementById('transcript');
const scroller = document.querySelector('main');

function element(tag, className, text = '') {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function followEnd(change) {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  change();
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

export function clear() {
  list.replaceChildren();
  document.getElementById('hint').hidden = false;
}

export function addUser(text) {
  document.getElementById('hint').hidden = true;
  const item = element('li', 'user');
  item.append(element('div', 'who', 'You'), element('p', 'text', text));
  list.append(item);
  scroller.scrollTop = scroller.scrollHeight;
}

// An answer under way: append text or tokens, then settle it with figures or an error.
export function addAnswer(model) {
  const item = element('li', 'assistant');
  const text = element('p', 'text');
  item.append(element('div', 'who', model), text);
  list.append(item);
  return {
    append(piece, tokens) {
      followEnd(() => {
        if (tokens.length > 0) text.append(...tokens.map(token => tokenButton(token, item)));
        else if (piece) text.append(document.createTextNode(piece));
      });
    },
    figures(line) { followEnd(() => item.append(element('p', 'figures', line))); },
    fail(message) { followEnd(() => item.append(element('p', 'failed', message))); },
  };
}

// A token as a button: its colour says how likely it was, pressing it shows what else could have come.
function tokenButton(token, item) {
  const probability = Math.exp(token.logprob);
  const button = element('button', `token p${Math.min(3, Math.floor(probability * 4))}`, token.token);
  button.type = 'button';
  button.title = `${(probability * 100).toFixed(1)} %`;
  button.addEventListener('click', () => showAlternatives(token, item));
  return button;
}

function showAlternatives(token, item) {
  item.querySelector('.alternatives')?.remove();
  const box = element('div', 'alternatives');
  const table = element('table', '');
  for (const other of token.top_logprobs) {
    const row = table.insertRow();
    row.insertCell().textContent = JSON.stringify(other.token);
    row.insertCell().textContent = `${(Math.exp(other.logprob) * 100).toFixed(2)} %`;
  }
  box.append(element('div', 'who', `Instead of ${JSON.stringify(token.token)} (${(Math.exp(token.logprob) * 100).toFixed(2)} %)`), table);
  item.append(box);
}
