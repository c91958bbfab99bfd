import { texts } from '@/shared/i18n/text';

/** What the kinds of problems mean to a person; others are told in the server's words. */
export const problemText = texts({
  en: {
    wrong_login: 'E-mail, password or code is wrong.',
    locked: 'Too many wrong tries. Wait some minutes and try again.',
    duplicate: 'There is one already.',
    in_use: 'It is still in use.',
    last_owner: 'A shop needs an owner. Make somebody else one first.',
    out_of_stock: 'There is not enough in stock.',
    slot_taken: 'This time has just been taken. Choose another.',
    in_progress: 'This is being done already. Wait a moment and look again.',
    too_large: 'This is too large.',
    wrong_type: 'This kind of file is not taken.',
    no_csrf: 'Your session has changed. Reload the page and try again.',
  },
  sw: {
    wrong_login: 'Barua pepe, nenosiri au nambari si sahihi.',
    locked: 'Umekosea mara nyingi. Subiri dakika chache kisha ujaribu tena.',
    duplicate: 'Tayari ipo nyingine kama hii.',
    in_use: 'Bado inatumika.',
    last_owner: 'Duka linahitaji mwenyewe. Mpe mtu mwingine wadhifa huo kwanza.',
    out_of_stock: 'Bidhaa zilizopo hazitoshi.',
    slot_taken: 'Muda huu umechukuliwa sasa hivi. Chagua mwingine.',
    in_progress: 'Hii tayari inafanywa. Subiri kidogo kisha uangalie tena.',
    too_large: 'Hii ni kubwa mno.',
    wrong_type: 'Aina hii ya faili haipokelewi.',
    no_csrf: 'Kipindi chako kimebadilika. Pakia ukurasa upya kisha ujaribu tena.',
  },
});
