/** British and other spellings turned into the one the word lists use. */
export const SPELLINGS: Record<string, string> = {
  colour: "color",
  colours: "colors",
  coloured: "colored",
  colourful: "colorful",
  colourless: "colorless",
  colourise: "colorize",
  colorise: "colorize",
  recolour: "recolor",
  centre: "center",
  centred: "centered",
  grey: "gray",
  greyscale: "grayscale",
  watercolour: "watercolor",
  watercolours: "watercolors",
  aluminium: "aluminum",
  optimise: "optimize",
  minimise: "minimize",
  stylised: "stylized",
  cartoonise: "cartoonize",
  lightgrey: "lightgray",
  darkgrey: "darkgray",
  dimgrey: "dimgray",
  slategrey: "slategray",
  lightslategrey: "lightslategray",
  darkslategrey: "darkslategray",
  reddish: "red",
  bluish: "blue",
  greenish: "green",
  yellowish: "yellow",
  pinkish: "pink",
  brownish: "brown",
  jewellery: "jewelry",
  "don’t": "don't",
  dont: "don't",
  can: "can",
};

/**
 * Everyday words one letter away from a word of the lists. They mean what they say, so they are never taken
 * for a slip of the pen.
 */
export const NOT_SLIPS = new Set(
  "beech bench peach peaches reach teach leach stable cable fable sable tables house horse hours mouse shark share shape shale shame sharps crown frown drown clown brows brawn blank blanket greed greet greens plane plant place plate plates places placed planer planes glass grasp grass gross class brass press crass trash crash clash smile small smell spell shell stall still skill steel steal steam stem start stare stars stair chair chain cream dream dreams cramp crop crops drops props scarf scare scale scar sharp sheet sheer sheep sheen shirt short shift shirts shorts shoot shoots shoes shoe sheds shade shady share angle angel ankle apple ample maple marble marbles garble warble light night might fight sight right tight eight lights nights knight rights fights weight height water later wafer waiter winter writer winner dinner sinner summer hammer banner barrel boarder border brother broader bother bolder folder holder older order binder blinder blender slender tender render gender sender vender lender fender mirror minor terror error frame flame blame fame frames flames crane crate create grate great treat tread trend trees tree three there these those where whale while white whine whites whiter write wrote quite quiet suite smart start heart hearts earth beard bread board broad brand grand grant giant plant plants paint paints print prints point saint faint taint pants planet plaint black block blocks blocked clock flock slack lack back pack stack snack track crack brick trick thick think thing things sting string strong stone store story storm stork stock stick sticks stack smoke smock snow snows show shows shown shower flower flowers tower power lower lowers slower glower clover cloud clouds could cloudy clout clouds loud louder cooler color colors colder cooker cookie couple purple people ripple triple temple simple sample tipple tripled dimple apple water waterer paper pepper piper taper tape cape cover covers coves cove covet hover lover mover rover river rivers driver diver silver sliver shiver liver leather feather father weather heather gather lather rather bather breather desert dessert deserts insert invert inverter concert convert covert resort report import export expert except accept except sport spot spots short smooth tooth teeth mouth south month youth north earth worth forth fourth cloth clothes cloths close closed closer closet clothe older bottle battle cattle kettle little title settle nettle table ladle cradle candle handle bundle bubble double trouble rubble hubble single shingle jingle tingle mingle angle ring rings king kings wing wings swing sling bring spring sprint spruce space spice spade spray spree speed sleep sleeve steeped sweet sweets sweat swear sweep sweeps creep street streets stream streak steak break brake blake snake shake shaken taken token broken woken frozen dozen oven woven women woman human humans roman romans batman market markets basket baskets casket jacket jackets racket packet bucket rocket pocket pockets socket locket ticket cricket thicket sticker stickers thicker kicker flicker clicker slicker quicker speaker sneaker sneakers breaker baker maker makers taker lake lakes bakes cakes takes makes wakes rakes fakes gates dates mates rates plates skates states slates slate skate state stake spoke spike smiley smiles miles tiles files piles poles holes roles rules tubes tunes cubes cube tube round sound found bound pound hound mound wound ground grounds around aroused cushion fashion passion mission vision version lotion motion potion notion nation station action auction caution fraction traction marker darker parker barker harder larder ladder adder sadder order margin martin marine machine matching catching watching hatching patching parting planting panting painting pointing printing building bulling pulling filling falling calling ceiling feeling seeding feeding wedding bedding bidding riding hiding siding sliding gliding guiding lining living loving moving diving dining mining wining ironing warming farming forming framing flaming foaming roaming bearing wearing tearing hearing clearing cleaning leaning learning earning burning turning tuning tanning planning fanning banning running rubbing robbing rowing growing glowing showing slowing flowing blowing blowing plowing lighting fighting righting sighting knitting sitting setting hitting fitting cutting putting getting letting betting netting petting bolting booting shooting shouting spotting sporting snorting sorting posting hosting costing casting lasting tasting testing resting nesting vesting listing fisting wishing fishing dishing washing bashing cashing dashing lashing mashing crashing flashing clashing smashing slashing collar dollar cellar seller teller tiller filter fitter litter letter better butter batter bitter matter mother father falter halter shelter smelter sister mister master plaster blaster poster posted roster foster faster taster tester center enter renter tenter venter cement clement element moment comment content context contact contrast contract contracts object objects subject reject eject inject project protect product products produce producer reduce reduced induce seduce spruce source sauce saucer sauces saucy daisy daily dairy fairy hairy hair chairs pairs stairs fairs fakir afraid braid brand bride pride prize price prices slice slices spices police polite polish finish fishing fresh flesh flash slash splash crash brush crush blush plush plum plump plums slump slumps stump trump thumb crumb climb limbs lamps lamp clamp champ stamp swamp scamp camps damp dusky dusty rusty lusty musty misty mistry moist hoist joist joints grains grain gain train brain drain trains brains drains trail frail grail snail email mail nail sail sailor tailor trailer trainer brainer saint stain stains strain sprain spain again against agent silent talent salient patient ancient panther rather mantel mantle mental metal medal pedal petal petals detail details retail retain detain curtain certain captain mountain fountain fountains maintain beauty beastly yeast least feast beast boast coast coats coat goat boat boats float floats bloat moat motor rotor tutor tumor humor rumor armor honor donor manor minor major mayor sabre saber amber ember timber limber lumber number bumper jumper jumpers dumper pumper pamper hamper tamper temper scamper camper damper vamper barrels parrot carrot carrots carpet carpets garnet garment parent pattern lantern cavern tavern modern mode model models mocha macho matcha patch hatch latch match batch watch catch witch which switch stitch pitch ditch kitten mitten bitten written kitchens chicken thicken quicken cocoa canoe cane canes crane lane lanes lines lined liner lineup linen lines pines pine spine shine shiny spins skins skin chin chins china chain vase vases bases cases cased caste paste taste haste waste waist wrist wrists twist twists exist exits edits edges hedge hedges ledge wedge badge badges bridge fridge ridge range ranges orange oranges mangos mango tango grape grapes graph grass drape drapes shapes scrape escape landscape seascape scope slope slopes elope envelope velvet valve valley volley alley alloys allow yellow pillow willow billow hollow follow fellow bellow mellow cellos jello hello tiger timer timed tired tires tire wire wires wipe wiped swipe stripe stripes strips strip trip trips grip grips drip drips ships chips shops shop chop stops steps stoop troop scoop spoon spoons moon swoon soon noon noodle poodle puddle paddle saddle fiddle middle riddle meddle needle needles kneel knees trees freeze breeze bronze bloom broom groom room rooms roomy gloom gloomy groovy ivory irony iron irons prone drone drones throne phone phones stones scones cones clones clone alone along belong tongue argue league legume volume column autumn vacuum museum".split(
    " ",
  ),
);
