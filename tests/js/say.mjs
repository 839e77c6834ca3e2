// Says reasons and faults as the page does, for tests/test_page_words.py: JSON on standard input, JSON on standard output.
import { readFileSync } from 'node:fs';
import { sayFault, sayReason } from '../../docs/assets/estimator/words.mjs';

const { words, reasons, faults } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({
  reasons: reasons.map((step) => sayReason(words, step)),
  faults: faults.map((fault) => sayFault(words, fault)),
}));
