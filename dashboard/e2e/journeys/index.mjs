import { bookings } from './bookings.mjs';
import { catalogue } from './catalogue.mjs';
import { inbox } from './inbox.mjs';
import { selling } from './selling.mjs';
import { session } from './session.mjs';
import { team } from './team.mjs';

/** What an owner does in a day, by what it is called. */
export const journeys = { ...session, ...selling, ...inbox, ...bookings, ...catalogue, ...team };
