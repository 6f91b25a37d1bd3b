/**
 * The script and the style of a page for a class, and their hashes, by which the page's policy lets them and nothing else
 * run. A test compares the hashes with the texts.
 *
 * In: nothing. Out: constants. The script shows one moment at a time; without it, and on paper, all are there.
 */
// prettier-ignore
export const PAGE_SCRIPT = `(function(){
var d=document,r=d.documentElement,all=[].slice.call(d.querySelectorAll('.moment')),at=0;
var prev=d.getElementById('previous'),next=d.getElementById('next'),here=d.getElementById('here');
function show(i,focus){if(!all.length){return}
at=Math.max(0,Math.min(all.length-1,i));
all.forEach(function(m,k){m.hidden=k!==at});
here.textContent=(at+1)+' / '+all.length;prev.disabled=at===0;next.disabled=at===all.length-1;
if(focus){all[at].focus({preventScroll:true});all[at].scrollIntoView({block:'start'});history.replaceState(null,'','#'+all[at].id)}}
function lang(name){r.setAttribute('data-show',name);r.lang=name==='zh'?'zh-CN':'en';
[].forEach.call(d.querySelectorAll('[data-lang]'),function(b){b.setAttribute('aria-pressed',String(b.getAttribute('data-lang')===name))})}
r.className='led';
prev.onclick=function(){show(at-1,true)};next.onclick=function(){show(at+1,true)};
[].forEach.call(d.querySelectorAll('[data-lang]'),function(b){b.onclick=function(){lang(b.getAttribute('data-lang'))}});
d.addEventListener('keydown',function(e){if(e.altKey||e.ctrlKey||e.metaKey){return}
if(e.key==='PageDown'||e.key==='ArrowRight'){show(at+1,true);e.preventDefault()}
if(e.key==='PageUp'||e.key==='ArrowLeft'){show(at-1,true);e.preventDefault()}});
window.addEventListener('beforeprint',function(){all.forEach(function(m){m.hidden=false})});
window.addEventListener('afterprint',function(){show(at,false)});
var found=all.map(function(m){return '#'+m.id}).indexOf(location.hash);
show(found<0?0:found,false);lang(r.getAttribute('data-show'))})();`;

// prettier-ignore
export const PAGE_STYLE = `:root{color-scheme:light dark;--ground:#fff;--text:#1f1f1f;--soft:#595959;--line:#8a8a8a;--mark:#fff2b3;--block:#f3f3f3;--link:#0b57d0}
@media (prefers-color-scheme:dark){:root{--ground:#1f1f1f;--text:#e6e6e6;--soft:#b0b0b0;--line:#7a7a7a;--mark:#5c4b00;--block:#2a2a2a;--link:#8ab4f8}}
*{box-sizing:border-box}body{margin:0 auto;padding:1rem;max-width:76rem;background:var(--ground);color:var(--text);font:1rem/1.55 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:.2rem 0}h3{font-size:1rem;margin:.8rem 0 .2rem}
.zh,.en{display:inline}[data-show=en] .zh,[data-show=zh] .en{display:none}html:not([data-show=both]) .and{display:none}p.zh,p.en{display:block}[data-show=en] p.zh,[data-show=zh] p.en{display:none}
.soft{color:var(--soft)}nav{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:.4rem 0;background:var(--ground);border-bottom:1px solid var(--line);z-index:1}
html:not(.led) nav{display:none}button{font:inherit;padding:.2rem .8rem;color:var(--text);background:var(--block);border:1px solid var(--line);border-radius:4px;cursor:pointer}
button:disabled{color:var(--soft);cursor:default}button[aria-pressed=true]{background:var(--mark)}button:focus-visible,summary:focus-visible,pre:focus-visible,.ladder:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.moment:focus{outline:none}.moment{scroll-margin-top:4rem;padding:.6rem 0;border-bottom:1px solid var(--line)}.moment[hidden]{display:none}.told{font-size:1.15rem;max-width:48rem}
pre{margin:.3rem 0;padding:.5rem;overflow:auto;background:var(--block);font:.9rem/1.45 ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}code{font-family:ui-monospace,Menlo,Consolas,monospace}
pre .row{display:block}pre .here{background:var(--mark);font-weight:600}pre .number{display:inline-block;width:4.5em;color:var(--soft)}pre .here .number{color:inherit}
.cards{display:flex;flex-wrap:wrap;gap:.6rem}.card{border:1px solid var(--line);border-radius:4px;min-width:14rem;max-width:100%;overflow-wrap:anywhere}
.card table{width:100%;border-collapse:collapse;font-size:.9rem}.card caption{text-align:left;padding:.3rem .5rem;background:var(--block);font-weight:600}.card th,.card td{padding:.05rem .5rem;text-align:left;vertical-align:top;font-weight:400}.card th{color:var(--soft)}
details{margin:.4rem 0}summary{cursor:pointer;font-weight:600}.note{margin:.4rem 0;padding-left:.7rem;border-left:3px solid var(--line);max-width:52rem}
.ladder{overflow:auto}.ladder img{max-width:none}[data-show=en] img.zh,[data-show=zh] img.en,[data-show=both] img.zh{display:none}
@media print{nav{display:none}.moment[hidden]{display:block}.moment{break-inside:avoid}body{max-width:none}.ladder img{max-width:100%}}`;

/** `sha256-…` of {@link PAGE_SCRIPT}. */
export const PAGE_SCRIPT_HASH = 'sha256-xASD+NTLnvDl82jd+OCjughUFAqjBg2zbNwjNsD4rvg=';
/** `sha256-…` of {@link PAGE_STYLE}. */
export const PAGE_STYLE_HASH = 'sha256-s3bSXXppru/iHrIS2tfXsXkXh0Z0nLnvd7nLnUbfAVQ=';
