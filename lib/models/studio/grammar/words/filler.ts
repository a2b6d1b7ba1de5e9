/** Words that carry no wish: dropped before the rules look. */
export const FILLER =
  "a,an,the,this,that,these,those,my,our,your,its,it's,his,her,their,please,pls,plz,kindly,can you,could you,would you,will you,i want you to,i want to,i want,i'd like you to,i would like you to,i'd like,i would like,i need you to,i need,i'd love,we want,we need,we would like,help me,let's,lets,you,me,us,i,we,just,simply,now,also,too,as well,thanks,thank you,hi,hello,hey,again,some,make it look like,to look like,look like,looks like,look as if,appear,appear as,to be,should be,must be,needs to be,need to be,should have,must have,needs to have,is,are,be,been,so,so that,there,there is,really,try to,go ahead and,use ai to,looking,look,looks,effect,filter,version,kind of,sort of,type of,any,own,there are,want,need,will,would,should,shall,task,step,first,second,third,finally,lastly,next,afterwards,after that,instead,bit of,if possible,when done,in front,such as,only,same,entire,whole,every,each,main,full,fully,completely,entirely,exactly,directly,around it,for me,for us,given,attached,uploaded,provided,following,above,below,input,source,using,by using,as,like,photography,style,styled,stylized,feel,vibe,all over,ok,okay,well";

/**
 * Wishes about quality that every result is meant to keep anyway. They change nothing and are no reason to refuse.
 */
export const HARMLESS =
  "high quality,best quality,top quality,realistic,photorealistic,photo realistic,hyperrealistic,hyper realistic,ultra realistic,lifelike,natural looking,natural,professional,professionally,pro,8k,4k,uhd,hd,ultra hd,full hd,high definition,4k resolution,8k resolution,highly detailed,detailed,ultra detailed,masterpiece,award winning,nice,nicely,beautiful,beautifully,clean,plain,solid,pure,simple,elegant,modern,smooth edges,clean edges,crisp edges,perfect,great,good,lovely,pretty,stunning,cool looking,premium,neat,minimal,minimalist,minimalistic,uniform,even,flat,neutral,fine,amazing,gorgeous,high end,sleek,catalog,commercial,seamlessly,naturally,properly,correctly,carefully,precisely,neatly,uncluttered,empty,relaxing,attractive,fancy,classic,cute";

/** Joining words: they hold phrases together and say nothing alone. */
export const JOINING =
  "to,into,in,on,onto,at,with,of,for,from,by,against,over,as,than,behind,inside,within,near,under,around,it,so,which,while,upon,before,in front of,off,through,about,using,towards,toward,beside,next to,be,per,when,where,out";
