/** Words that tell nothing of anybody, also where a name or a host stands: schemes, top level domains, words of Microsoft's opaque parameters. */
export const GENERAL_WORDS: ReadonlySet<string> = new Set(
  (
    'sip sips tel urn uuid http https im pres mailto xmpp com net org edu gov int info local localdomain localhost invalid anonymous example test www ' +
    'app conf id focus chat user phone epid gruu srvr opaque inline audio video applicationsharing data true false null unknown ' +
    'udp tcp tls ws wss sctp in ip4 ip6'
  ).split(' '),
);

/** Words of protocols and logs that are never looked for outside of the places where names stand. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'invite bye cancel register options subscribe notify benotify info message refer update prack publish service ack ' +
    'request response header body call dialog session conference server client proxy user users address addresses from with into over ' +
    'debug warn warning error trace notice fatal verbose incoming outgoing inbound outbound received receive sent send sending packet bytes length ' +
    'transport version content type accept contact route record state status reason code text name time date start stop connected disconnected pending active ' +
    'terminated closed open opened event events endpoint endpoints media audio video chat data phone mobile display subject entity microsoft schemas params ' +
    'ietf xmlns xmlsoap office outlook lync skype asterisk freeswitch kamailio opensips cisco default local remote main home work test demo alert ringing trying ' +
    'accepted success failure failed none null true false unknown anonymous localhost example invalid service application window channel line'
  ).split(' '),
);
