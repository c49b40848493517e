// ---- the ellipsoid -----------------------------------------------------------------------------------
// T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid", Survey Review 23 (1975),
// inverse formula, WGS 84. Near antipodes it does not converge: the answer is then null.
function inverse(from, to) {
  var a = 6378137, f = 1 / 298.257223563, b = a * (1 - f), rad = Math.PI / 180;
  var L = (to.lng - from.lng) * rad;
  var U1 = Math.atan((1 - f) * Math.tan(from.lat * rad)), U2 = Math.atan((1 - f) * Math.tan(to.lat * rad));
  var s1 = Math.sin(U1), c1 = Math.cos(U1), s2 = Math.sin(U2), c2 = Math.cos(U2);
  var lambda = L, turns = 0, before, sinS, cosS, sigma, cos2A, cos2M, sinL, cosL;
  do {
    sinL = Math.sin(lambda); cosL = Math.cos(lambda);
    sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
    if (sinS === 0) { return 0; }
    cosS = s1 * s2 + c1 * c2 * cosL;
    sigma = Math.atan2(sinS, cosS);
    var sinA = c1 * c2 * sinL / sinS;
    cos2A = 1 - sinA * sinA;
    cos2M = cos2A === 0 ? 0 : cosS - 2 * s1 * s2 / cos2A;
    var C = f / 16 * cos2A * (4 + f * (4 - 3 * cos2A));
    before = lambda;
    lambda = L + (1 - C) * f * sinA * (sigma + C * sinS * (cos2M + C * cosS * (2 * cos2M * cos2M - 1)));
    turns += 1;
  } while (Math.abs(lambda - before) > 1e-12 && turns < 100);
  if (turns >= 100) { return null; }
  var u2 = cos2A * (a * a - b * b) / (b * b);
  var A = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  var B = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  var delta = B * sinS * (cos2M + B / 4 * (cosS * (2 * cos2M * cos2M - 1) -
    B / 6 * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3)));
  return b * A * (sigma - delta);
}
