const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A token with every one of its characters replaced by another digit of base64url: the next one, and one that differs by one bit. */
export const tampered = (token: string): string[] => [...token].flatMap((character, index) => {
  const digit = DIGITS.indexOf(character);
  const others = [DIGITS[(digit + 1) % 64], DIGITS[digit % 2 === 0 ? digit + 1 : digit - 1]];
  return others.map((other) => token.slice(0, index) + other + token.slice(index + 1));
});
