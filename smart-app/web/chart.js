import { HOME_THRESHOLD } from './blood-pressure.js';

const HEIGHT = 320;
const MARGIN = { top: 12, right: 44, bottom: 28, left: 36 };
const STEP = 20;
const BAND = 15;
const DAY = 24 * 3600 * 1000;
const SERIES = ['systolic', 'diastolic'];

/** Draws readings (oldest first) as one SVG of the given width in pixels; flags are numbered as they are listed. */
export function chart(readings, flags, width) {
  const svg = node('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img' });
  svg.setAttribute('aria-label', label(readings, flags));
  const x = timeScale(readings, width);
  const [low, high] = range(readings);
  const y = (value) => MARGIN.top + (high - value) / (high - low) * (HEIGHT - MARGIN.top - MARGIN.bottom);

  flags.forEach((flag, index) => svg.append(...band(flag, index, x, width)));
  for (let value = low; value <= high; value += STEP) {
    svg.append(line('grid', MARGIN.left, y(value), width - MARGIN.right, y(value)));
    svg.append(text(value, { x: MARGIN.left - 8, y: y(value) + 4, 'text-anchor': 'end' }));
  }
  for (const at of days(readings, width)) {
    svg.append(text(day(at), { x: x(at), y: HEIGHT - 8, 'text-anchor': 'middle' }));
  }
  for (const name of SERIES) {
    const value = HOME_THRESHOLD[name];
    svg.append(line(`threshold ${name}`, MARGIN.left, y(value), width - MARGIN.right, y(value)));
    svg.append(text(value, { class: name, x: width - MARGIN.right + 8, y: y(value) + 4 }));
  }
  const size = readings.length > width / 6 ? 2 : 3;
  for (const reading of readings) {
    const group = node('g', { class: 'reading' });
    group.append(tooltip(reading));
    group.append(line('pulse', x(reading.at), y(reading.systolic), x(reading.at), y(reading.diastolic)));
    for (const name of SERIES) {
      group.append(node('circle', { class: name, cx: x(reading.at), cy: y(reading[name]), r: size }));
    }
    svg.append(group);
  }
  return svg;
}

function timeScale(readings, width) {
  const first = readings[0].at - DAY / 2;
  const last = readings.at(-1).at + DAY / 2;
  return (at) => MARGIN.left + (at - first) / (last - first) * (width - MARGIN.left - MARGIN.right);
}

/** The time that a flag tells of, as far as it is drawn, with the flag's number at its end. */
function band({ words, from, to }, index, x, width) {
  const start = Math.max(MARGIN.left, x(from));
  const end = Math.min(width - MARGIN.right, x(to));
  if (!(end > start)) {
    return [];
  }
  const top = MARGIN.top + index * BAND;
  const group = node('g', { class: 'flag' });
  group.append(
    titled(`${index + 1}: ${words}`),
    node('rect', { x: start, y: top, width: end - start, height: HEIGHT - MARGIN.bottom - top }),
    line('span', start, top, end, top),
    text(index + 1, { x: end - 4, y: top + 12, 'text-anchor': 'end' }));
  return [group];
}

/** Whole steps around the readings and the thresholds. */
function range(readings) {
  const low = Math.min(HOME_THRESHOLD.diastolic, ...readings.map((one) => one.diastolic)) - 5;
  const high = Math.max(HOME_THRESHOLD.systolic, ...readings.map((one) => one.systolic)) + 5;
  return [Math.floor(low / STEP) * STEP, Math.ceil(high / STEP) * STEP];
}

/** The midnights that get a label: as many as have room, evenly spaced. */
function days(readings, width) {
  const midnight = new Date(readings[0].at);
  midnight.setHours(0, 0, 0, 0);
  const from = readings[0].at - DAY / 2;
  const span = (readings.at(-1).at - from) / DAY;
  const every = Math.max(1, Math.ceil(span / Math.max(2, Math.floor(width / 90))));
  const marks = [];
  for (; midnight.getTime() <= readings.at(-1).at + DAY / 2; midnight.setDate(midnight.getDate() + every)) {
    if (midnight.getTime() >= from) {
      marks.push(midnight.getTime());
    }
  }
  return marks;
}

function day(at) {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

function label(readings, flags) {
  return `${readings.length} blood pressure readings from ${day(readings[0].at)} to ${day(readings.at(-1).at)}, `
    + `with the home thresholds ${HOME_THRESHOLD.systolic} systolic and ${HOME_THRESHOLD.diastolic} diastolic. `
    + (flags.length > 0 ? `Risk flags marked: ${flags.length}, listed below. ` : '')
    + 'The table below has every value.';
}

function tooltip({ measured, systolic, diastolic }) {
  return titled(`${measured}: ${systolic}/${diastolic} mmHg`);
}

function titled(words) {
  const title = node('title', {});
  title.textContent = words;
  return title;
}

function line(style, x1, y1, x2, y2) {
  return node('line', { class: style, x1, y1, x2, y2 });
}

function text(content, attributes) {
  const element = node('text', attributes);
  element.textContent = content;
  return element;
}

function node(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === 'number' ? Math.round(value * 10) / 10 : value);
  }
  return element;
}
