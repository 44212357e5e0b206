// Puts the form's question to the sidecar and shows the answer.

import { element, show, spoken } from './result.js';

const byId = (id) => document.getElementById(id);
const form = byId('question');
const TYPING_PAUSE = 120;
const TEXTS = { principal: 'principal', action: 'action', resource: 'resource', resourceAccount: 'resource-account' };
let rows = 0;
let asked = 0;

async function getJson(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || `status ${response.status}`);
  return body;
}

// Suggestions.

function suggest(input, list, kind) {
  let timer = 0;
  let last = null;
  const refresh = async () => {
    const prefix = input.value.trim();
    if (prefix === last) return;
    last = prefix;
    try {
      const found = await getJson(`page/names?kind=${kind}&prefix=${encodeURIComponent(prefix)}`);
      if (prefix === last) list.replaceChildren(...found.names.map((name) => element('option', { value: name })));
    } catch {
      list.replaceChildren();
    }
  };
  input.addEventListener('focus', refresh);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, TYPING_PAUSE);
  });
}

// Context keys.

function addKey(name = '', value = '') {
  const number = ++rows;
  const key = element('input', {
    id: `key-${number}`, class: 'name', list: 'keys', spellcheck: 'false', 'aria-label': 'Context key', placeholder: 'aws:SourceIp',
  });
  const several = element('input', { id: `several-${number}`, type: 'checkbox' });
  const remove = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove this context key' }, '✕');
  const row = element(
    'div', { class: 'key' }, key, remove, valueField(Array.isArray(value), number),
    element('label', { class: 'several', for: several.id }, several, 'several values, one a line'),
  );
  key.value = name;
  several.checked = Array.isArray(value);
  row.querySelector('.value').value = several.checked ? value.join('\n') : value;
  several.addEventListener('change', () => {
    const old = row.querySelector('.value');
    const fresh = valueField(several.checked, number);
    fresh.value = several.checked ? old.value : old.value.split('\n')[0];
    old.replaceWith(fresh);
  });
  remove.addEventListener('click', () => {
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    (next ? next.querySelector('.name') : byId('add-key')).focus();
  });
  suggest(key, byId('keys'), 'key');
  byId('context').append(row);
  return row;
}

function valueField(several, number) {
  const common = { id: `value-${number}`, class: 'value', spellcheck: 'false', 'aria-label': 'Value of the context key' };
  return several ? element('textarea', { ...common, rows: '3' }) : element('input', { ...common, placeholder: 'value' });
}

function beginKey(name) {
  const rowOf = [...byId('context').children].find((row) => row.querySelector('.name').value.toLowerCase() === name.toLowerCase());
  (rowOf || addKey(name)).querySelector('.value').focus();
}

// The question.

function question() {
  const asks = { principal: byId('principal').value.trim(), action: byId('action').value.trim() };
  asks.resource = byId('resource').value.trim() || '*';
  const account = byId('resource-account').value.trim();
  if (account) asks.resourceAccount = account;
  const context = [];
  for (const row of byId('context').children) {
    const name = row.querySelector('.name').value.trim();
    const value = row.querySelector('.value').value;
    if (name === '' && value === '') continue;
    context.push([name, row.querySelector('[type=checkbox]').checked ? value.split('\n').filter((line) => line !== '') : value]);
  }
  if (byId('session-policy').value.trim()) asks.sessionPolicies = [byId('session-policy').value];
  if (byId('resource-policy').value.trim()) asks.resourcePolicy = byId('resource-policy').value;
  return { asks, context };
}

/** As JSON; names that are there twice stay so, for the sidecar to refuse. */
function body({ asks, context }) {
  const members = context.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `${JSON.stringify({ ...asks, explain: true }).slice(0, -1)},"context":{${members.join(',')}}}`;
}

async function ask() {
  for (const field of [byId('principal'), byId('action')]) {
    field.setAttribute('aria-invalid', String(field.value.trim() === ''));
  }
  const missing = form.querySelector('[aria-invalid="true"]');
  if (missing) {
    byId('announcement').textContent = `${missing.labels[0].textContent} is missing.`;
    missing.focus();
    return;
  }
  const number = ++asked;
  const put = question();
  history.replaceState(null, '', `#${encodeURIComponent(JSON.stringify(put))}`);
  byId('announcement').textContent = '';
  let answer;
  try {
    const response = await fetch('v1/decide', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: body(put),
    });
    answer = await response.json();
  } catch (problem) {
    answer = { decision: 'IMPLICIT_DENY', error: { message: `the sidecar does not answer (${problem.message})` } };
  }
  if (number !== asked) return;
  const texts = new Map();
  show(byId('result'), answer, (ref) => textOf(ref, put.asks, texts), beginKey);
  byId('announcement').textContent = spoken(answer);
  status();
}

/** The text of a statement's policy: of the request's own policies what was sent, else the store's. */
function textOf(ref, asks, texts) {
  if (ref.type === 'session' && asks.sessionPolicies) {
    return Promise.resolve({ text: asks.sessionPolicies[0], parameters: {} });
  }
  if (ref.type === 'resource' && asks.resourcePolicy) {
    return Promise.resolve({ text: asks.resourcePolicy, parameters: {} });
  }
  if (!texts.has(ref.policy)) texts.set(ref.policy, getJson(`page/policy?name=${encodeURIComponent(ref.policy)}`));
  return texts.get(ref.policy);
}

function clear() {
  form.reset();
  byId('context').replaceChildren();
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
  byId('result').replaceChildren(element('p', { class: 'empty' }, 'Nothing asked yet.'));
  byId('announcement').textContent = '';
  history.replaceState(null, '', location.pathname + location.search);
  asked++;
  byId('principal').focus();
}

/** Fills the form from the address, which may come from anybody: only texts are taken, and nothing is asked. */
function restore() {
  try {
    const { asks, context } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    for (const [member, id] of Object.entries(TEXTS)) {
      if (typeof asks[member] === 'string') byId(id).value = asks[member];
    }
    if (asks.resource === '*') byId('resource').value = '';
    if (Array.isArray(asks.sessionPolicies)) byId('session-policy').value = String(asks.sessionPolicies[0]);
    if (typeof asks.resourcePolicy === 'string') byId('resource-policy').value = asks.resourcePolicy;
    byId('further').open = Boolean(asks.resourceAccount || asks.sessionPolicies || asks.resourcePolicy);
    for (const [name, value] of context.slice(0, 512)) addKey(String(name), Array.isArray(value) ? value.map(String) : String(value));
  } catch {
    // No question in the address, or none that can be read.
  }
}

async function status() {
  const line = byId('status');
  try {
    const state = await getJson('v1/status');
    const policies = state.policies;
    line.textContent = `Policies: version ${policies.version}, in force for ${duration(policies.ageSeconds)}`;
    line.classList.toggle('wrong', Boolean(policies.lastError));
    if (policies.lastError) line.textContent += `; the next was refused: ${policies.lastError.message}`;
  } catch (problem) {
    line.textContent = 'The sidecar does not answer';
    line.classList.add('wrong');
  }
}

function duration(seconds) {
  for (const [unit, length] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    const count = Math.floor(seconds / length);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${seconds} s`;
}

suggest(byId('principal'), byId('principals'), 'principal');
suggest(byId('action'), byId('actions'), 'action');
suggest(byId('resource'), byId('resources'), 'resource');
byId('add-key').addEventListener('click', () => addKey().querySelector('.name').focus());
byId('clear').addEventListener('click', clear);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
restore();
status();
