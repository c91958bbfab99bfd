import { texts } from '@/shared/i18n/text';

export const authText = texts({
  en: {
    welcome: 'Welcome back', tagline: 'Your shop on WhatsApp, in one place.', email: 'E-mail', password: 'Password', signIn: 'Sign in',
    wrong: 'E-mail or password is wrong.', locked: 'Too many wrong tries. Wait some minutes and try again.', code: 'Code from your app',
    codeHint: 'Open your authenticator app and type the six digits.', codeWrong: 'This code is wrong or too old.', noAccount: 'No shop yet?', signUp: 'Open your shop',
    haveAccount: 'Have an account already?', yourName: 'Your name', shopName: 'Name of the shop', whatsapp: 'WhatsApp number of the shop',
    signUpTitle: 'Open your shop', signUpHint: 'Fifteen minutes from here to your first sale on WhatsApp.', passwordHint: 'At least 10 characters. A short sentence is easy to remember.',
    create: 'Create my shop', invitedTo: (shop: string) => `Join ${shop}`, invitedAs: (role: string, email: string) => `You are invited as ${role}, with ${email}.`,
    join: 'Join the team', knownHint: 'You have an account already: use your password.', invalidLink: 'This invitation is no longer valid. Ask for a new one.',
    needEmail: 'Type your e-mail address.', needPassword: 'Type your password.', shortPassword: 'At least 10 characters, please.', needName: 'Type a name.',
    point1: 'Answers customers day and night, in English, Swahili and Sheng', point2: 'Takes M-Pesa and writes the receipt', point3: 'Calls you when a person is needed', noShop: 'Your account belongs to no shop yet.',
  },
  sw: {
    welcome: 'Karibu tena', tagline: 'Duka lako la WhatsApp, mahali pamoja.', email: 'Barua pepe', password: 'Nenosiri', signIn: 'Ingia',
    wrong: 'Barua pepe au nenosiri si sahihi.', locked: 'Umekosea mara nyingi. Subiri dakika chache kisha ujaribu tena.', code: 'Nambari kutoka kwenye programu',
    codeHint: 'Fungua programu ya uthibitisho kisha uandike tarakimu sita.', codeWrong: 'Nambari hii si sahihi au imepitwa na wakati.', noAccount: 'Bado huna duka?', signUp: 'Fungua duka lako',
    haveAccount: 'Una akaunti tayari?', yourName: 'Jina lako', shopName: 'Jina la duka', whatsapp: 'Nambari ya WhatsApp ya duka',
    signUpTitle: 'Fungua duka lako', signUpHint: 'Dakika kumi na tano tu hadi mauzo yako ya kwanza kwenye WhatsApp.', passwordHint: 'Angalau herufi 10. Sentensi fupi ni rahisi kukumbuka.',
    create: 'Fungua duka langu', invitedTo: (shop) => `Jiunge na ${shop}`, invitedAs: (role, email) => `Umealikwa kama ${role}, kwa ${email}.`,
    join: 'Jiunge na timu', knownHint: 'Una akaunti tayari: tumia nenosiri lako.', invalidLink: 'Mwaliko huu hautumiki tena. Omba mwingine.',
    needEmail: 'Andika barua pepe yako.', needPassword: 'Andika nenosiri lako.', shortPassword: 'Angalau herufi 10 tafadhali.', needName: 'Andika jina.',
    point1: 'Inajibu wateja mchana na usiku, kwa Kiingereza, Kiswahili na Sheng', point2: 'Inapokea M-Pesa na kuandika risiti', point3: 'Inakuita mteja anapohitaji mtu', noShop: 'Akaunti yako haina duka bado.',
  },
});
