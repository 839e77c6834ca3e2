// Writes a calendar file as the page does, for tests/test_ics.py: JSON on standard input, the file on standard output.
import { readFileSync } from 'node:fs';
import { calendar } from '../../docs/assets/estimator/ics.mjs';

const { events, about } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(calendar(events, about));
