// Writes and reads links for tests/test_link.py: JSON on standard input, JSON on standard output.
import { readFileSync } from 'node:fs';
import { decode, encode } from '../../docs/assets/estimator/share.mjs';

const { numbers, shared = [], links = [] } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({
  links: shared.map((one) => encode(one, numbers)),
  shared: links.map((link) => decode(link, numbers)),
}));
