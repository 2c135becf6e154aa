import type { RosterMark, RosterTimeline, RosterUserView } from '../../server/view/protocol.ts';

const HOSTILE = '<script>window.hurt=1</script>';

/** A conference over the sample's 17 messages: Carol is ejected, a version is missing, and many more are there. */
export function fakeRoster(_rows: number, choice: number): RosterTimeline {
  const marks = [2, 5, 9, 12, 16].map(mark);
  const chat = [{ name: 'chat', status: 'connected' }];
  const both = [{ name: 'audio', status: 'on-hold' }, ...chat];
  const carol: RosterUserView = {
    label: 'Carol',
    entity: 'carol@contoso.com',
    spans: [
      { from: 0, to: 1, role: 'attendee', endpoints: [{ name: 'chat', status: 'dialing-out' }] },
      { from: 1, to: 3, role: 'attendee', endpoints: both },
      { from: 3, to: 4, role: 'presenter', endpoints: chat },
    ],
    events: [
      { at: 0, kind: 'joined', text: '+ carol@contoso.com', message: 2, cause: null },
      { at: 3, kind: 'roles', text: 'carol: now presenter', message: 12, cause: null },
      {
        at: 4,
        kind: 'ejected',
        text: '- carol@contoso.com, ejected by alice (request 63022864)',
        message: 16,
        cause: 1,
      },
    ],
  };
  const others = Array.from(
    { length: 200 },
    (_, at): RosterUserView => ({
      label: at === 3 ? HOSTILE : `User ${at}`,
      entity: `user${at}@contoso.com`,
      spans: [{ from: 0, to: 5, role: 'attendee', endpoints: chat }],
      events: [],
    }),
  );
  return {
    choices: ['contoso, as Alice sees it', 'contoso, as Bob sees it'],
    chosen: choice,
    progress: null,
    marks,
    users: [carol, ...others],
  };
}

function mark(message: number, at: number): RosterMark {
  const isGap = at === 2;
  return {
    message,
    time: null,
    version: at < 2 ? at + 7 : at + 8,
    state: at === 0 ? 'full' : 'partial',
    gap: isGap ? { from: 9, to: 9 } : null,
    stale: at === 2 || at === 3,
    locked: false,
    users: at === 4 ? 200 : 201,
    isWhole: true,
    mcus: ['audio-video', 'chat'],
    cause: at === 4 ? 1 : null,
    changes: at === 4 ? ['- carol@contoso.com, ejected by alice (request 63022864)'] : [],
  };
}
