/** Verbs by what they ask for. A word may stand in several lists. */
export const VERBS = {
  CHANGE:
    "change,replace,swap,switch,set,turn,make,convert,transform,use,give,update,edit,modify,render,exchange,substitute,get,have,create,generate,show,add,apply,put,swap out,turn up",
  MAKE: "make,turn,paint,color,dye,tint,recolor,render,repaint,change,colorize,set,switch,convert,transform",
  PUT: "put,place,set,position,move,show,display,photograph,shoot,stand,lay,bring,take,transport,drop,render,stage,present,composite",
  REMOVE:
    "remove,delete,erase,cut,get rid of,take out,take away,strip,drop,clear,eliminate,wipe,knock out,cut out,cut away,clean out,rid,discard,subtract",
  CUT: "cut out,cutout,isolate,extract,clip,separate,mask out,clip out,cut",
  ADD: "add,apply,give,include,use,create,insert,put,introduce,draw,with,make,want,place,cast",
  KEEP: "keep,leave,preserve,maintain,retain,respect,protect,stay true to,stick to",
  NEVER: "do not,don't,dont,never,without,avoid,not,must not,should not,shouldn't,do n't,w/o,refrain from",
  MORE: "more,increase,raise,boost,bump up,up,add,turn up,higher,extra,stronger,pump up,intensify,strengthen,add more,add some,enhance,improve,plus",
  LESS: "less,decrease,reduce,lower,drop,turn down,minimize,lessen,weaker,down,tone down,weaken,cut,minus,bring down",
  RESIZE: "resize,scale,rescale,size,export,output,downscale,shrink,scale down,reduce,resample,make,set,save",
  UPSCALE:
    "upscale,enlarge,upsize,magnify,scale up,super resolution,superresolution,upres,increase size,increase resolution,blow up",
  CROP: "crop,trim,cut,reframe",
  ROTATE: "rotate,turn,spin,tilt",
  ENHANCE:
    "enhance,improve,fix,optimize,correct,adjust,auto enhance,autoenhance,touch up,perfect,boost,repair,better,refine,beautify,polish,balance",
  ASK: "write,remove,wear,smile,open,close,hold,sit,stand,jump,run,restore,translate,blend,combine,merge,copy,duplicate,repeat,count,describe,animate,explain,tell,extend,expand,outpaint,shrink,stretch,skew,straighten,relight,light,fill,hide,censor,pixelate,swap,undo",
} as const;
