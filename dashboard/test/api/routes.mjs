import { bookings } from './appointments.mjs';
import { catalogue } from './catalogue.mjs';
import { figures } from './figures.mjs';
import { people } from './people.mjs';
import { sales } from './sales.mjs';
import { shop } from './shop.mjs';
import { talk } from './talk.mjs';

export const routes = { ...people, ...sales, ...catalogue, ...talk, ...bookings, ...figures, ...shop };
