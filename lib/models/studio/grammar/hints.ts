import { abilitiesSentence, sceneNames } from "./abilities";
import type { Token } from "./tag";

const set = (words: string) => new Set(words.split(","));

/** Small words of other languages that are not English words too. */
const FOREIGN = set(
  "der,das,und,ein,eine,einen,mach,mache,bitte,hintergrund,entferne,ändere,ersetze,bild,weiß,weiss,rot,schwarz,mit,auf,el,los,las,una,fondo,imagen,quita,elimina,cambia,blanco,hazlo,por,favor,playa,le,les,un,une,fond,arrière,arriere,blanc,supprime,supprimer,changer,enlève,plage,lo,sfondo,rimuovi,bianco,cambiare,spiaggia,de,het,een,achtergrond,verwijder,maak,wit,fundo,remova,remover,branco,mude,usuń,tło,białe",
);
const FAMOUS: [Set<string>, string][] = [
  [
    set(
      "gogh,rembrandt,vermeer,vinci,klimt,munch,cezanne,renaissance,baroque,impressionism,impressionist,picasso,cubism",
    ),
    "oil painting",
  ],
  [set("monet,turner,ghibli-watercolor,sargent"), "watercolour"],
  [set("warhol,lichtenstein,banksy"), "pop art"],
  [set("ghibli,disney,pixar,simpsons,lego,marvel"), "cartoon"],
  [set("escher,durer,dürer"), "pencil sketch"],
];
const LETTERING = set(
  "text,caption,title,word,words,letters,lettering,slogan,headline,write,watermark,watermarks,logo,signature,subtitle,typography,price,tag,label,qr",
);
const POSES = set(
  "pose,smile,smiling,younger,older,age,expression,sit,stand,walk,dance,jump,run,open,close,laugh,happy,sad,angry,wear,wearing,hold,holding,facing,face,hair,skin,eyes,wrinkles,makeup,slimmer,taller,thinner,wink,blink,look",
);
const DEPTH = set(
  "3d,3-d,render,rendering,angle,perspective,view,viewpoint,side,rotate3d,isometric,animate,video,gif",
);
const LAMPS = set(
  "light,lights,lighting,lamp,sunlight,rim,backlit,backlight,spotlight,reflection,relight,flare,glow,sunny,neon",
);
const FORMATS = set("png,jpg,jpeg,webp,gif,tiff,avif,heic,pdf,svg,format");
const UNITS = set("cm,mm,inch,inches,dpi,ppi,smaller,small,kb,mb,shrink");
const PLACE_WORDS = set("on,in,at,inside,onto,near");

/** The nearest possible thing for words no rule took. */
export function hintFor(tokens: Token[], text: string): string {
  const words = tokens.flatMap((token) => token.word.split(" "));
  const has = (list: Set<string>) => words.some((word) => list.has(word));
  const tagged = (tag: string) => tokens.some((token) => token.tags.has(tag));
  const starts = (tag: string) => tokens[0]?.tags.has(tag) === true;
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text) || has(FOREIGN))
    return "prompts are read in English";
  const famous = FAMOUS.find(([names]) => has(names));
  if (famous) return `the nearest style is “${famous[1]}”`;
  if (has(LETTERING))
    return "words and logos can be neither written nor removed; “crop to the subject” may leave them out";
  if (tagged("BG"))
    return `a background can be a colour, a gradient, transparent, a studio, blurred, or one of: ${sceneNames()}`;
  if (has(FORMATS)) return "the file format is chosen in the output settings";
  if (has(UNITS)) return "sizes are given in pixels, as in “resize to 800 px”";
  if (has(DEPTH)) return "the picture stays flat; the nearest is “rotate 15 degrees” or “mirror”";
  if (PLACE_WORDS.has(words[0] ?? "") || starts("PUT")) return `these places exist: ${sceneNames()}`;
  if (has(POSES))
    return "people and things keep their pose, face and clothes; “enhance” or “close-up” are possible";
  if (has(LAMPS)) return "the nearest is “brighter”, “warmer”, “enhance” or “studio lighting”";
  if (tagged("COLOUR")) return "to colour the whole subject, write “make the shoes red”";
  if (starts("REMOVE") || words[0] === "no")
    return "only the background can be removed; “crop to the subject” may leave things out";
  if (starts("ADD") || words[0] === "with")
    return "nothing new can be put in; the background can be changed and a shadow or border added";
  return abilitiesSentence();
}
