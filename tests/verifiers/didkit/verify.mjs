// What DIDKit (in Rust, as LearnCard builds it) says about each certificate of a bundle. It reads no status lists.
// What it wants to look up is answered from the bundle, so nothing is asked of the network.
import {readFileSync} from 'node:fs';
import * as didkit from './node_modules/@learncard/didkit-plugin/dist/didkit/didkit_wasm.js';

const wasm = './node_modules/@learncard/didkit-plugin/dist/didkit/didkit_wasm_bg.wasm';
await didkit.default({module_or_path: readFileSync(new URL(wasm, import.meta.url))});

const bundle = JSON.parse(readFileSync(process.argv[2]));
const published = {};
const vocabularies = {};
for(const [address, document] of Object.entries(bundle.documents)) {
  const text = JSON.stringify(document);
  if(address.startsWith('https:')) {
    vocabularies[address] = text;
  } else if(address.startsWith('did:web:') && !address.includes('#')) {
    published[`https://${address.slice(8).replaceAll(':', '/')}/did.json`] = text;
  }
}
globalThis.fetch = async request => {
  const address = request.url ?? String(request);
  const known = address in published;
  const answer = new Response(known ? published[address] : '', {
    status: known ? 200 : 404, headers: {'content-type': 'application/json'}
  });
  Object.defineProperty(answer, 'url', {value: address});
  return answer;
};

const told = {};
for(const {name, credential} of bundle.cases) {
  try {
    const found = JSON.parse(await didkit.verifyCredential(
      JSON.stringify(credential), JSON.stringify({checks: ['proof']}), JSON.stringify(vocabularies)));
    const passed = found.errors.length === 0 && found.warnings.length === 0 && found.checks.includes('proof');
    told[name] = passed ? 'accepted' : 'refused';
  } catch{
    told[name] = 'refused';
  }
}
console.log(JSON.stringify(told, null, 2));
