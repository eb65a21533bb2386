// What Digital Bazaar's verifier says about each certificate of a bundle. It is given every document and fetches none.
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const bundle = JSON.parse(readFileSync(process.argv[2]));
const suite = new DataIntegrityProof({cryptosuite});
const told = {};
for(const {name, credential, documents} of bundle.cases) {
  const known = {...bundle.documents, ...documents};
  const documentLoader = async url => {
    if(!(url in known)) {
      throw new Error('not known: ' + url);
    }
    return {contextUrl: null, documentUrl: url, document: known[url]};
  };
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, now: new Date(bundle.now),
    checkStatus: given => checkStatus({
      ...given, documentLoader, suite, verifyBitstringStatusListCredential: true
    })
  });
  const raised = (result.statusResult?.results ?? []).filter(one => one.status).map(
    one => one.credentialStatus.statusPurpose);
  told[name] = result.verified ? ['accepted', ...raised].join(', ') : 'refused';
}
console.log(JSON.stringify(told, null, 2));
