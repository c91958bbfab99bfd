import { texts } from '@/shared/i18n/text';

export const chatText = texts({
  en: {
    assistant: 'Assistant', staff: 'Team', picture: 'Picture', voice: 'Voice note', location: 'Location', document: 'Document', queued: 'Waiting to be sent', sent: 'Sent', delivered: 'Delivered',
    read: 'Read', failed: 'Not delivered', order: 'Order', payment: 'Payment', appointment: 'Booking', why: 'Why this answer?', heard: 'Heard',
  },
  sw: {
    assistant: 'Msaidizi', staff: 'Timu', picture: 'Picha', voice: 'Ujumbe wa sauti', location: 'Mahali', document: 'Hati', queued: 'Inasubiri kutumwa', sent: 'Imetumwa', delivered: 'Imefika',
    read: 'Imesomwa', failed: 'Haikufika', order: 'Oda', payment: 'Malipo', appointment: 'Miadi', why: 'Kwa nini jibu hili?', heard: 'Tulisikia',
  },
});
