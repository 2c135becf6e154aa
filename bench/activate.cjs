// Loads and activates the bundled extension over a `vscode` that does nothing; prints how long each took.
const Module = require('node:module');
const path = require('node:path');

/** Stands for everything VS Code offers: any property, call or construction gives another of it. */
function anything() {
  const stand = new Proxy(class {}, {
    get: known,
    set: (target, name, value) => Reflect.defineProperty(target, name, { value, configurable: true, writable: true }),
    apply: anything,
    construct: (target, args, made) => (made === stand ? anything() : Reflect.construct(target, args, made)),
  });
  return stand;
}

function known(target, name, receiver) {
  if (name === 'prototype') return Reflect.get(target, name, receiver);
  if (name === 'then') return undefined;
  if (name === Symbol.toPrimitive) return () => '';
  if (name === Symbol.iterator) return [][Symbol.iterator].bind([]);
  if (name === 'length') return 0;
  if (name === 'textDocuments' || name === 'subscriptions') return [];
  target[name] ??= anything();
  return target[name];
}

const vscode = anything();
vscode.version = '1.99.0';
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));

const root = path.join(__dirname, '..');
const began = performance.now();
const extension = require(path.join(root, 'dist/client.cjs'));
const loaded = performance.now();
extension.activate({ subscriptions: [], extensionUri: anything(), asAbsolutePath: (file) => path.join(root, file) });
const activated = performance.now();
console.log(JSON.stringify({ load: loaded - began, activate: activated - loaded }));
process.exit();
