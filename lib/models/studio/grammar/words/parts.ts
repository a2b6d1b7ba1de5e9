/** Parts of a subject that are not found by name; a colour for one of them would land on the whole subject. */
export const PARTS = new Set(
  "hair,eyes,eye,lips,lip,skin,face,teeth,nails,nail,eyebrows,hands,hand,legs,beard,wheels,wheel,tires,tyres,tyre,door,doors,roof,windows,window,logo,text,label,lettering,letters,sky,grass,wall,walls,floor,ceiling,leaves,leaf,petals,buttons,button,laces,sole,soles,strap,straps,handle,handles,collar,sleeves,sleeve,pocket,pockets,cushion,cushions,pillow,pillows,water,ocean,sea,clouds,snow,trees,tree,road,street".split(
    ",",
  ),
);
