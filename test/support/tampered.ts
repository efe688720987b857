const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Returns copies of a base64url token, each with one digit replaced: every digit once by the next one and once by one that differs in one bit. */
export const tampered = (token: string): string[] => [...token].flatMap((character, index) => {
  const digit = DIGITS.indexOf(character);
  const others = [DIGITS[(digit + 1) % 64], DIGITS[digit % 2 === 0 ? digit + 1 : digit - 1]];
  return others.map((other) => token.slice(0, index) + other + token.slice(index + 1));
});
