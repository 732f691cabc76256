// What the editor says, in one place: French as people read it, with its no-break spaces.

const KEPT = "Votre texte est gardé sur cet appareil.";
const NOT_KEPT = "Cet appareil ne peut pas garder votre texte\u00a0: laissez cette page ouverte.";

export const SAVING = "Enregistrement…";
export const FOUND_AGAIN = "Nous avons retrouvé votre texte sur cet appareil.";
export const REFUSED = "Un de vos textes n’est pas enregistré. La raison est écrite au-dessus de lui.";
export const SIGN_IN = "Se connecter";

export const saved = (at) => (at ? `Enregistré à ${at}` : "Enregistré");
export const offline = (kept) => `Hors connexion. ${kept ? KEPT : NOT_KEPT}`;
export const expired = (kept) => `Votre connexion a expiré. ${kept ? KEPT : NOT_KEPT}`;
export const closed = (kept) => `Ce récit ne vous est plus ouvert. ${kept ? KEPT : NOT_KEPT}`;

export const here = (name) => `${name} écrit ici. Votre texte et le sien seront gardés tous les deux.`;

export const FILLED = ", écrit";
export const EMPTY = ", vide";
export const STARTED = "déjà commencé";
export const OPTIONAL = "facultatif";

export const chosenTitle = (count) => (count > 1 ? "Choisies" : "Choisie");
export const stanceTitle = (count) =>
  count > 1 ? "Que fait votre expérience à ces balises\u202f?" : "Que fait votre expérience à cette balise\u202f?";
export const FIRST_THREE = "Les trois premières seront mises en avant.";
export const AT_MOST = "Huit balises au plus. Retirez-en une pour choisir celle-ci.";
export const added = (label) => `Balise ajoutée\u00a0: ${label}.`;
export const takenOff = (label) => `Balise retirée\u00a0: ${label}.`;
export const found = (count) =>
  count === 0 ? "Aucune balise avec ces mots." : `${count} balise${count > 1 ? "s" : ""} avec ces mots.`;
