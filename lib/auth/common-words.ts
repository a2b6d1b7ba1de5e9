// Words that begin most of the passwords seen in public breaches: with a few digits or signs behind them, and with
// letters written as digits, they cover what the usual lists of thousands spell out. Eight characters is the least
// a password may have, so shorter words matter only with something added.
const TEXT = `
password passw0rd passwort passwd parola contrasena motdepasse senha wachtwoord qwerty qwertz azerty letmein welcome
admin administrator root user guest test testing tester demo default changeme secret private access login master
monkey dragon shadow sunshine princess football baseball basketball soccer hockey tennis golf golfer swimming running
iloveyou lovely loveme loveyou mylove lover forever always angel angels babygirl babyboy baby sweety sweetie honey
superman batman spiderman ironman starwars startrek pokemon naruto minecraft fortnite nintendo playstation xbox
computer internet samsung iphone android google facebook twitter instagram youtube microsoft windows apple amazon
yahoo linkedin snapchat whatsapp adobe photoshop macintosh oracle cisco linux ubuntu server network system database
michael jordan jennifer jessica ashley amanda daniel andrew joshua matthew anthony robert william thomas charlie
george maggie ginger pepper cookie buster hunter ranger tigger killer harley jackson johnson samantha stephanie
nicole michelle melissa elizabeth victoria alexander alexandra christian christopher benjamin jonathan nicholas
patrick richard steven brandon justin austin dallas chelsea arsenal liverpool manchester barcelona madrid juventus
yankees lakers cowboys steelers eagles packers patriots broncos raiders redsox giants dolphins rangers celtic
mustang corvette ferrari mercedes porsche camaro yamaha honda toyota suzuki kawasaki harleydavidson bmw audi
chocolate cheese banana orange apples cherry strawberry pumpkin peanut butter coffee pizza cookies snickers
purple yellow silver golden diamond crystal rainbow flower flowers butterfly sunflower roses daisy jasmine lavender
summer winter spring autumn january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday weekend holiday birthday christmas halloween easter
london paris berlin america american england scotland ireland germany france brasil brazil canada australia mexico
india pakistan nigeria russia poland turkey newyork boston chicago texas florida california hawaii
whatever nothing something anything everything everyone somebody nobody hello hello1234 goodbye hola bonjour ciao
freedom liberty justice peace warrior soldier marine military police fireman doctor nurse teacher student school
college university teamo amore amigos family mother father mommy daddy mom dad sister brother grandma grandpa friend
friends bestfriend boyfriend girlfriend husband wife married single sexy hottie cutie beautiful gorgeous pretty
jesus jesuschrist christ godisgood blessed blessing faith heaven church bible prayer trinity gabriel michelangelo
trustno trustnoone nopassword mypassword yourpassword newpassword oldpassword password password password
pass pass1234 pass123 temp temporary letmein openup sesame opensesame abracadabra hocuspocus
matrix phoenix falcon eagle hawk tiger tigers lion lions panther panthers wolf wolves bear bears shark sharks
horse horses puppy puppies kitty kitten kittycat hellokitty dolphin turtle rabbit bunny snoopy garfield mickey mouse
mickeymouse donald goofy simba scooby scoobydoo bambi bubbles sparky lucky lucky7 happy smile smiley sunny stormy
thunder lightning storm hurricane tornado volcano mountain river ocean forest island paradise heaven galaxy planet
universe cosmic saturn jupiter mercury venus neptune pluto apollo zeus athena hercules achilles spartan spartacus
gandalf frodo legolas aragorn hobbit merlin arthur camelot excalibur wizard magic magician vampire zombie monster
dracula frankenstein godzilla kingkong terminator predator alien rambo rocky maverick goose iceman viper cobra
blaster sniper gunner bullet hammer rocket turbo nitro racing racer speedy quicksilver bandit outlaw pirate captain
skipper sailor boomer boomer chester buddy bailey molly sophie oliver oscar milo toby rusty dusty smokey shadow
metallica slipknot nirvana eminem beatles rolling stones elvis madonna britney beyonce rihanna shakira justinbieber
onedirection music musica guitar piano drummer drums bassist singer dancer dancing hiphop rapper rocknroll
money dollar dollars million millionaire rich richie gold success winner champion champions legend superstar
hardcore playboy blowjob fuckyou fuckoff fuckme asshole bitch bullshit pussy pornstar sexsex
einstein newton darwin galileo mozart beethoven shakespeare picasso leonardo davinci napoleon caesar cleopatra
photo photos photographer camera picture pictures image images studio contact sheet
abcdef abcdefg abc asdf asdfgh qwe qweasd qazwsx zxcvbn zxc aaaaaa
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(TEXT.trim().split(/\s+/));
