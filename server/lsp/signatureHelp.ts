import { MarkupKind, type ParameterInformation, type SignatureHelp } from 'vscode-languageserver';
import { type Parameter, type Signature, signatureAt } from '../engine/authoring/completion/signature.ts';
import { documentWithSchemas } from './current.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** What a command of CCCP takes, shown while it is written. */
export const signatureHelpFeature: Feature = {
  capabilities: { signatureHelpProvider: { triggerCharacters: [' ', '<'] } },
  register(host) {
    const { connection, fence } = host;
    connection.onSignatureHelp(
      fence.around(
        'tell what a command takes',
        async ({ textDocument, position }) => {
          const doc = await documentWithSchemas(host, textDocument.uri, position);
          const found = doc && signatureAt(doc, doc.offset(position));
          return found && help(host, found);
        },
        null,
      ),
    );
  },
};

type Found = NonNullable<ReturnType<typeof signatureAt>>;

function help({ params }: FeatureHost, { signatures, active, activeParameter }: Found): SignatureHelp {
  const { parameterInformation, noActiveParameterSupport } =
    params.capabilities.textDocument?.signatureHelp?.signatureInformation ?? {};
  const knowsOffsets = parameterInformation?.labelOffsetSupport ?? false;
  return {
    signatures: signatures.map((one) => ({
      label: one.label,
      documentation: { kind: MarkupKind.Markdown, value: one.documentation },
      parameters: one.parameters.map((each) => parameter(one, each, knowsOffsets)),
    })),
    activeSignature: active,
    ...((activeParameter !== null || noActiveParameterSupport) && { activeParameter }),
  };
}

function parameter(
  { label }: Signature,
  { from, to, documentation }: Parameter,
  knowsOffsets: boolean,
): ParameterInformation {
  return {
    label: knowsOffsets ? [from, to] : label.slice(from, to),
    documentation: { kind: MarkupKind.Markdown, value: documentation },
  };
}
