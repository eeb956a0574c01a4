// GS1's identifiers and the shapes of their values; the first six need no separator.
// n14: 14 digits, m8: up to 8, x20: up to 20 of GS1's signs, e35: the same with %-escapes, D: month and day.
const KNOWN = '00=n18 0[1-3]=n14 1[1-35-7]=n6 20=n2 3(?:1[0-6]|2.|3[0-7]|4.|5[0-7]|6.)[0-5]=n6 41[0-7]=n13 ' +
  '10|2[12]|243|254|420|702[0-2]|71[0-7]|7240|4318|8002|8012=x20 235=x28 24[01]|25[01]|40[013]|4308|4319|7002|7023|8004|90=x30 ' +
  '242=m6 253=n13X{0,17} 255=n13m12? 30|37=m8 39[02].=m15 39[13].=n3m15 394[0-3]|8111=n4 395[0-5]|4326|7006|8005=n6 402=n17 ' +
  '421=n3x9 42[246]=n3 42[35]=(n3){1,5} 427|7008=x3 43[01][01]|4320=e35 43[01][2-6]|7257=e70 43[01]7=[A-Z0-9]{2} ' +
  '4309=n20 432[1-3]=[01] 432[45]|7003=n10 433[0-3]=n6-? 7001=n13 7004=m4 7005=x12 7007=(n6){1,2} 7009=x10 7010=x2 ' +
  '7011=n6(n4)? 703.=n3x27 7040=n1X{3} 7041=x4 723.=X{3,30} 7241=n2 7242|8013|8014|8020=x25 7250=n4D 7251=n4D([01]n1|2[0-3])[0-5]n1 ' +
  '7252=n1 725[349]=e40 7255=e10 7256=e90 7258=n1/n1 8001=n14 8003=0n13X{0,16} 8006|8026|801[78]=n18 8007=x34 8008=n2D([01]n1|2[0-3])([0-5]n1){0,2} ' +
  '8009=x50 8010=[A-Z0-9/#-]{5,30} 8011=m12 8019=m10 8030=[A-Za-z0-9_-]{1,90} 804[01]=n15 8042=n32 8043=n18m2? 8110|8112|8200=x70 9[1-9]=x90'
const SIGNS = '[!"%-?A-Z_a-z]'
const EXPAND = {
  n: (many) => `\\d{${many}}`, m: (most) => `(\\d{1,${most}})`, x: (most) => `${SIGNS}{1,${most}}`, X: () => SIGNS,
  e: (most) => `(${SIGNS}|(%[\\dA-Fa-f]{2}){2}){1,${most}}`, D: () => '(0\\d|1[0-2])([0-2]\\d|3[01])',
}
const SHAPES = KNOWN.split(' ').map((line, n) => {
  const [starts, value] = line.split('=')
  const whole = value.replace(/([nmxe])(\d+)|X|D(?=[(n]|$)/g, (all, kind, many) => EXPAND[kind || all](many))
  return { starts: RegExp(`^(${starts.replaceAll('.', '\\d')})`), whole: RegExp(`^(${whole})$`), fixed: n < 6 ? +value.slice(1) : 0 }
})

// The identifier a text begins with: { ai, whole, fixed }, or nothing.
export function shapeOf(text) {
  for (const shape of SHAPES) { const found = shape.starts.exec(text); if (found) return { ai: found[0], ...shape } }
}
