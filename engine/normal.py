"""The normal distribution for arrays, which NumPy lacks; also for complex numbers near the reals.

Rational approximations by W. J. Cody, "Rational Chebyshev approximations for the error function",
Math. Comp. 23 (1969), with the coefficients that S. Moshier published in Cephes (1984).
"""

import numpy as np

from engine.arrays import Numbers

# erf(x) = x T(x^2) / U(x^2) for |x| < 1
_T = (9.60497373987051638749, 9.00260197203842689217e1, 2.23200534594684319226e3,
      7.00332514112805075473e3, 5.55923013010394962768e4)  # fmt: skip
_U = (1.0, 3.35617141647503099647e1, 5.21357949780152679795e2, 4.59432382970980127987e3,
      2.26290000613890934246e4, 4.92673942608635921086e4)  # fmt: skip
# erfc(x) = exp(-x^2) P(x) / Q(x) for 1 <= x < 8
_P = (2.46196981473530512524e-10, 5.64189564831068821977e-1, 7.46321056442269912687,
      4.86371970985681366614e1, 1.96520832956077098242e2, 5.26445194995477358631e2,
      9.34528527171957607540e2, 1.02755188689515710272e3, 5.57535335369399327526e2)  # fmt: skip
_Q = (1.0, 1.32281951154744992508e1, 8.67072140885989742329e1, 3.54937778887819891062e2,
      9.75708501743205489753e2, 1.82390916687909736289e3, 2.24633760818710981792e3,
      1.65666309194161350182e3, 5.57535340817727675546e2)  # fmt: skip
# erfc(x) = exp(-x^2) R(x) / S(x) for x >= 8
_R = (5.64189583547755073984e-1, 1.27536670759978104416, 5.01905042251180477414,
      6.16021097993053585195, 7.40974269950448939160, 2.97886665372100240670)  # fmt: skip
_S = (1.0, 2.26052863220117276590, 9.39603524938001434673, 1.20489539808096656605e1,
      1.70814450747565897222e1, 9.60896809063285878198, 3.36907645100081516050)  # fmt: skip
_FAR = 40.0  # φ is 0 in double precision from 38.6 on; powers of it stay far from overflow
_ROOT_HALF = 0.5**0.5
_PEAK = (2.0 * np.pi) ** -0.5


def density(z: Numbers) -> Numbers:
    """φ(z) = exp(-z²/2) / √(2π), with all its digits also where it is tiny."""
    size = np.minimum(magnitude(z), _FAR)
    tens = np.trunc(size.real * 16.0) / 16.0  # its square is exact: a rounded one costs z² digits
    rest = size - tens
    value: Numbers = np.exp(-0.5 * tens * tens) * np.exp(-rest * (tens + 0.5 * rest)) * _PEAK
    return value.astype(z.dtype, copy=False)


def cumulative(z: Numbers) -> Numbers:
    """Φ(z) = ∫ φ from -∞ to z, with all its digits also where it is tiny."""
    x = z * _ROOT_HALF
    outer = ~(np.abs(x.real) < 1.0)
    inner = np.where(outer, 0.0, x)
    square = inner * inner
    value: Numbers = 0.5 + 0.5 * inner * _horner(_T, square) / _horner(_U, square)
    if outer.any():
        value[outer] = _outer(z[outer])
    return value.astype(z.dtype, copy=False)


def _outer(z: Numbers) -> Numbers:
    x = np.minimum(magnitude(z), _FAR) * _ROOT_HALF
    ratio, far = _horner(_P, x) / _horner(_Q, x), x.real >= 8.0
    if far.any():
        ratio = np.where(far, _horner(_R, x) / _horner(_S, x), ratio)
    tail: Numbers = density(z) * ratio * (0.5 / _PEAK)
    return np.where(z.real < 0, tail, 1.0 - tail)


def magnitude(z: Numbers) -> Numbers:
    """z or -z, whose real part is not negative: |z| of complex numbers would not be analytic."""
    return np.where(z.real < 0, -z, z) if z.dtype.kind == "c" else np.abs(z)


def _horner(coefficients: tuple[float, ...], x: Numbers) -> Numbers:
    value: Numbers = np.full_like(x, coefficients[0])
    for c in coefficients[1:]:
        value *= x
        value += c
    return value
