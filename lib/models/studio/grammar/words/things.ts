/** Nouns and qualities that rules speak of. "gray", "color" and "center" stand for both spellings. */
export const THINGS = {
  BG: "background,backdrop,bg,back ground,back drop,background image,background scene,scenery,backdrops,background color,backdrop color,color background,bg color",
  IMG: "it,image,photo,picture,pic,photograph,img,everything,whole thing,photos,images,pictures,shot,whole image,whole photo,whole picture,entire image,entire photo,entire picture,them,file,product photo,product shot,product image,all,all of it,scene,each image,every image,all images,one,artwork,result,packshot,product picture,canvas",
  SUBJ: "object,product,subject,item,foreground,main object,main subject,main product,main item,thing,main element",
  SHADOW:
    "shadow,drop shadow,contact shadow,soft shadow,cast shadow,natural shadow,ground shadow,shade,realistic shadow,product shadow",
  STUDIO:
    "studio,studio setting,studio backdrop,studio background,studio lighting,studio light,studio photo shoot,studio shoot,photo studio,photography studio,studio photo,studio shot,studio environment,studio scene,studio photography,studio set,seamless paper,seamless,seamless backdrop,seamless background,paper sweep,infinity cove,cyclorama,sweep,cove,seamless studio,photo shoot,photoshoot,product photography,studio look,studio quality,studio style,studio set up,studio setup,seamless studio backdrop,seamless studio background,product photo shoot,studio portrait,professional studio,lightbox,light box,infinity wall,studio product photo,studio product shot",
  GRADIENT: "gradient,color gradient,ombre,fade,gradient background,gradient backdrop",
  TRANSPARENT: "transparent,transparency,alpha,see through,alpha channel,clear png,transparent png",
  COLOURWORD: "color,colors,tone,hue,shade,colorway,tint",
  CLOSEUP:
    "close up,closeup,zoom,zoom in,closer,macro,macro shot,close up shot,close up view,detail shot,close shot,zoom closer,closeup shot,closer look,tighter shot",
  SHARP:
    "sharp,sharpen,sharper,crisp,crisper,sharpness,clearer,unblur,deblur,more clarity,clarity,sharpening,sharpened",
  SOFT: "soften,softer,dreamy,soft focus,dreamy look,dreamier,soft look,hazy,soft",
  BLUR: "blur,blurred,blurry,defocus,out of focus,defocused,unfocused,blurring,blurrier",
  BOKEH:
    "bokeh,portrait mode,shallow depth of field,depth of field,portrait effect,bokeh effect,depth effect,portrait blur",
  DENOISE:
    "denoise,noise reduction,reduce noise,de noise,noise removal,remove noise,remove grain,clean noise",
  NOISE: "noise,grain,graininess,film grain,iso noise",
  QUALITY:
    "quality,lighting,light,exposure,image quality,photo quality,picture quality,levels,white balance,color balance,tones,tone,photo,picture,image,it,light levels",
  BRIGHTEN: "brighter,brighten,lighten,lighter,brighten up,lighten up,bright",
  DARKEN: "darker,darken,dim,dimmer,dark",
  WARMER: "warmer,warm,warm up,warm tones,warm tone,warmth,warm colors,warm look,warm light",
  COOLER: "cooler,cool,colder,cold,cool down,cool tones,cool tone,cold tones,cool colors",
  SATURATE:
    "saturate,more saturated,vibrant,vivid,colorful,punchy,more vibrant,more vivid,more colorful,make colors pop,colors pop,color pop,richer colors,vivid colors,vibrant colors,saturated",
  DESATURATE:
    "desaturate,less saturated,muted,faded,washed out,muted colors,less vibrant,less colorful,duller",
  LEVEL:
    "brightness,contrast,saturation,warmth,temperature,exposure,color temperature,vibrance,color saturation,contrasts,contrasty",
  BORDER: "border,frame,outline,borders,edge frame",
  PADDING: "padding,margin,white space,space,breathing room,margins,room,whitespace,negative space",
  CORNERS:
    "rounded corners,round corners,rounded edges,round edges,rounded corner,corners rounded,round off corners",
  VIGNETTE: "vignette,vignetting,dark corners,darkened corners,dark edges,darken edges,vignette effect",
  SQUARE:
    "square,square format,square crop,square image,1 by 1,square ratio,square aspect ratio,square shape",
  FORMAT:
    "portrait format,portrait orientation,landscape format,landscape orientation,widescreen,instagram story,instagram post,vertical format,horizontal format,story format,wide screen,instagram reel",
  RATIOWORD:
    "aspect ratio,ratio,format,aspect,crop,portrait,landscape,vertical,horizontal,widescreen,proportion,frame",
  MARKET:
    "amazon,ebay,etsy,e commerce,ecommerce,marketplace,shopify,online shop,online store,webshop,web shop,product listing,main image,amazon main image,amazon listing,e commerce listing",
  FLIP: "flip,mirror,reverse",
  MIRRORED: "mirrored,flipped,mirror image",
  BIGGER: "bigger,larger,big,large,higher resolution,high resolution,bigger size,larger size,hi res,high res",
  LEFT: "left,counterclockwise,counter clockwise,anticlockwise,anti clockwise,ccw,to left",
  RIGHT: "right,clockwise,cw,to right",
  HALF: "double,twice,triple,quadruple",
  THUMB: "thumbnail,thumb,icon",
  WIDE: "wide,width,in width,across",
  HIGH: "high,tall,height,in height",
  LONG: "long edge,longest edge,long side,longest side,longer side,longer edge,max,maximum,largest side,max size,max width",
  PX: "px,pixels,pixel,pix",
  SLIGHT:
    "slightly,bit,little,somewhat,subtle,gently,little bit,tad,lightly,touch,subtly,mild,mildly,slight,tiny bit",
  STRONG:
    "very,much,lot,strongly,heavily,really,super,extremely,far,strong,heavy,way,dramatically,significantly,noticeably,extra,intense,lots of,high,considerably,tightly,tight,tighter",
  UPSIDE: "upside down,on its head,on head",
  TOP_DOWN: "top to bottom,bottom to top,top down",
  SIDE_TO_SIDE: "left to right,right to left",
  INVERT: "invert,inverted,negative,invert colors,inverted colors,negative image,color negative",
  DO_NOTHING:
    "unchanged,as is,intact,alone,same,untouched,original,exactly same,identical,as it is,way it is,as they are",
} as const;
