// A policy's text with statements marked in it. Lines and columns count from 1, columns in UTF-16 units; LF, CR and CRLF
// each end a line.

const AROUND = 200;
const LONG_LINE = 5000;

/** The lines of a text: where each begins and ends, line ends left out. */
function linesOf(text) {
  const lines = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit === '\n' || unit === '\r') {
      lines.push({ start, end: i });
      if (unit === '\r' && text[i + 1] === '\n') i++;
      start = i + 1;
    }
  }
  lines.push({ start, end: text.length });
  return lines;
}

/** The offset after the brace that closes the one at an offset; -1 when there is none. */
function endOfObject(text, start) {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const unit = text[i];
    if (inString) {
      if (unit === '\\') i++;
      else if (unit === '"') inString = false;
    } else if (unit === '"') {
      inString = true;
    } else if (unit === '{') {
      depth++;
    } else if (unit === '}') {
      depth--;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

/** Where the statement that begins at a line and column is; null when none begins there. */
export function locate(text, line, column) {
  const at = linesOf(text)[line - 1];
  if (!at) return null;
  const start = at.start + column - 1;
  if (text[start] !== '{') return null;
  const end = endOfObject(text, start);
  return end < 0 ? null : { start, end };
}

/** The text as lines of a pre element, a span of it marked; of a long text, the lines around it. */
export function markedText(text, span, effect) {
  const pre = document.createElement('pre');
  const code = document.createElement('code');
  code.className = effect === 'Deny' ? 'Deny' : 'Allow';
  pre.append(code);
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line.end >= span.start);
  const last = lines.findIndex((line) => line.end >= span.end);
  const from = Math.max(0, first - AROUND);
  const to = Math.min(lines.length, Math.max(first, Math.min(last, first + 1000)) + AROUND);
  if (from > 0) code.append(leftOut(from));
  for (let i = from; i < to; i++) {
    code.append(markedLine(text, lines[i], i + 1, span));
  }
  if (to < lines.length) code.append(leftOut(lines.length - to));
  return pre;
}

function leftOut(count) {
  const line = document.createElement('span');
  line.className = 'line';
  line.dataset.number = '⋮';
  line.textContent = count === 1 ? 'one line left out' : `${count} lines left out`;
  return line;
}

function markedLine(text, { start, end }, number, span) {
  const line = document.createElement('span');
  line.className = 'line';
  line.dataset.number = String(number);
  const from = Math.max(start, span.start);
  const to = Math.min(end, span.end);
  if (from >= to) {
    line.append(short(text.slice(start, end)));
  } else {
    const mark = document.createElement('mark');
    mark.append(short(text.slice(from, to)));
    line.classList.add('in');
    // A line that is the statement's alone is coloured as a whole.
    if (text.slice(start, from).trim() === '' && /^[\s,]*$/.test(text.slice(to, end))) line.classList.add('whole');
    line.append(short(text.slice(start, from)), mark, short(text.slice(to, end)));
  }
  return line;
}

function short(text) {
  return text.length <= LONG_LINE ? text : `${text.slice(0, LONG_LINE)} … (${text.length - LONG_LINE} more characters)`;
}
