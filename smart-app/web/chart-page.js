import { HOME_THRESHOLD, meanOfLastWeek, reachesThreshold, readings } from './blood-pressure.js';
import { chart } from './chart.js';
import { flags } from './flags.js';
import { Session } from './session.js';
import { Trouble } from './trouble.js';

const at = (id) => document.getElementById(id);
const say = (id, text) => { at(id).textContent = text; };
const pair = ({ systolic, diastolic }) => `${systolic}/${diastolic}`;

let drawn = [];
let marked = [];

/** Patient, readings and flags are shown together or not at all. */
async function show(session) {
  const [patient, found, flagged] = await Promise.all(
    [session.read(`Patient/${session.patient}`), readings(session), flags(session)]);
  showPatient(patient);
  showReadings(found);
  showFlags(flagged);
  at('waiting').hidden = true;
  at('record').hidden = false;
  draw();
  say('updated', `As of ${new Date().toLocaleTimeString('en-GB')}.`);
}

function showPatient({ name = [], birthDate, gender }) {
  const [{ text, given = [], family = '' } = {}] = name;
  const words = text ?? [...given, family].join(' ').trim();
  say('patient-name', words || 'Patient without a name');
  say('patient-facts', [birthDate && `born ${birthDate}`, gender].filter(Boolean).join(', '));
  document.title = `${words} – Blood pressure`;
}

function showReadings(found) {
  drawn = found;
  at('empty').hidden = found.length > 0;
  at('rows').replaceChildren(...found.toReversed().map(row));
  say('count', found.length);
  if (found.length === 0) {
    return;
  }
  const newest = found.at(-1);
  const mean = meanOfLastWeek(found);
  say('newest', pair(newest));
  say('newest-when', newest.measured);
  say('mean', pair(mean));
  say('mean-said', `${reachesThreshold(mean) ? 'reaches' : 'below'} ${pair(HOME_THRESHOLD)}`);
  say('count-span', `since ${found[0].measured.slice(0, 10)}`);
}

/** Each with its number in the chart. */
function showFlags(flagged) {
  marked = flagged;
  at('flagged').hidden = flagged.length === 0;
  at('flagged-key').hidden = flagged.length === 0;
  at('flags').replaceChildren(...flagged.map(item));
}

function item({ words, standing, span, reasons }) {
  const why = document.createElement('details');
  why.append(element('summary', 'Why'), ...reasons.map((reason) => element('p', reason)));
  const told = document.createElement('li');
  told.append(element('p', words), element('p', `${span}, ${standing}.`, 'quiet'), why);
  return told;
}

function element(name, textContent, className = '') {
  return Object.assign(document.createElement(name), { textContent, className });
}

function row({ measured, systolic, diastolic }) {
  const cells = [measured, systolic, diastolic].map((text) =>
    Object.assign(document.createElement('td'), { textContent: text }));
  const line = document.createElement('tr');
  line.append(...cells);
  return line;
}

function draw() {
  const place = at('chart');
  const width = Math.floor(place.clientWidth);
  place.replaceChildren(...(drawn.length > 0 && width > 0 ? [chart(drawn, marked, width)] : []));
}

async function refresh(session) {
  at('refresh').disabled = true;
  try {
    await session.renew();
    await show(session);
  } catch (failure) {
    Trouble.of(failure).show();
  } finally {
    at('refresh').disabled = false;
  }
}

try {
  const session = await Session.open();
  await show(session);
  at('refresh').addEventListener('click', () => refresh(session));
  addEventListener('resize', draw);
} catch (failure) {
  Trouble.of(failure).show();
}
