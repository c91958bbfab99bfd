/** `+254712345678` or `254712345678` as it is said in Kenya: `0712 345 678`. Others stay as they are. */
export function formatPhone(phone: string): string {
  const match = /^\+?254(\d{3})(\d{3})(\d{3})$/.exec(phone);
  return match ? `0${match[1]} ${match[2]} ${match[3]}` : phone;
}

/** What a customer is called: by their name, otherwise by their number. */
export function personName({ name, phone }: { name?: string | null; phone: string }): string {
  return name || formatPhone(phone) || '–';
}

/** The letters of an avatar. */
export function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}
