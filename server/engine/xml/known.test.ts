import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCertainty } from './certain.ts';
import { compileSchemas } from './compile.ts';
import { createJudge, type Judge } from './judge.ts';
import { createCertain, knowsNothing } from './known.ts';
import { readSchemaModel } from './readModel.ts';
import { NO_USER_SCHEMAS } from './schemaFile.ts';
import { provideSchemas, readSchemas } from './schemas.ts';
import { parseXml } from './xml.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
const libxml2 = await import('./libxml2.ts');
const { validators, texts } = compileSchemas(libxml2, (await readSchemas())!, NO_USER_SCHEMAS);
const model = readSchemaModel(new Map([...texts].map(([name, text]) => [name, parseXml(text)])));
const certainty = createCertainty(model, texts.values());
const newJudge = () => createJudge(libxml2, validators);

const user = (number: number, inside = '<roles><entry>attendee</entry></roles>') =>
  `  <user entity="sip:user${number}@contoso.com">${inside}</user>\n`;

function roster(users: readonly string[], root = 'entity="sip:room@contoso.com" version="1"'): string {
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" ${root}>\n<users>\n${users.join('')}</users>\n</conference-info>\n`;
}

const users = Array.from({ length: 60 }, (_, number) => user(number));

function told(judge: Judge, text: string) {
  return judge.judge(parseXml(text))!.map(({ element, message }) => `${element.from} ${message}`);
}

describe('a long list of users', () => {
  it('is judged again only where it changed, with the same result', () => {
    const judge = newJudge();
    assert.deepEqual(told(judge, roster(users)), []);
    const faulty = users.with(30, user(30, '<endpoint/><roles><entry>x</entry></roles>'));
    for (let time = 0; time < 3; time++) {
      const found = told(judge, roster(faulty));
      assert.equal(found.length, 1);
      assert.match(found[0]!, /not expected/);
    }
    assert.deepEqual(told(judge, roster(users)), []);
  });

  it('is read in the namespaces that hold around it', () => {
    const judge = newJudge();
    const extended = users.map((_, number) => user(number, '<x:y/>'));
    assert.deepEqual(told(judge, roster(extended, 'entity="a" xmlns:x="urn:x"')), []);
    const unknown = 'entity="a" xmlns:x="urn:ietf:params:xml:ns:conference-info"';
    assert.ok(told(judge, roster(extended, unknown)).length > 0, 'an element that the schema does not know');
  });

  it('has the same faults as in a judge that has not seen it', async () => {
    const insides = fc.constantFrom(
      ...['', '<roles/>', '<roles><entry>a</entry></roles>', '<endpoint/><roles/>', '<x', '<nonsense/>', 'text'],
      ...['<endpoint><status>conected</status></endpoint>', '<endpoint entity="a"><media/></endpoint>', '</user>'],
    );
    const warm = newJudge();
    const certain = createJudge(libxml2, validators, createCertain(certainty));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(59), insides), { minLength: 1, maxLength: 4 }), async (changes) => {
        let list = users;
        for (const [at, inside] of changes) {
          list = list.with(at, user(at, inside));
          told(warm, roster(list));
        }
        const wanted = told(createJudge(libxml2, validators, knowsNothing), roster(list));
        assert.deepEqual(told(warm, roster(list)), wanted);
        assert.deepEqual(told(certain, roster(list)), wanted);
      }),
      { numRuns: 60 },
    );
  });
});
