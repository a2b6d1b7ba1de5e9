/** The event of a window whose page React has taken over. */
export const HYDRATED = "contact-sheet-hydrated";

/**
 * What a person presses, types and chooses before the page's own code is there happens once it is, in order. Its text is
 * written into the page and runs before anything else, so it uses nothing from outside itself.
 */
export function keepEarlyEvents(hydrated: string): void {
  const GIVE_UP_MS = 60_000;
  const TICK_MS = 20;
  /** Work without code, or lead to an event of their own. */
  const NATIVE =
    "a[href], label, summary, select, option, textarea, input:not([type=checkbox], [type=radio])";
  const early: { target: Element; isReady: () => boolean; again: () => void; until: number }[] = [];
  let isHydrated = false;
  let isOwnDrag = false;

  const marked = (node: object, mark: string) => Object.keys(node).some((key) => key.startsWith(mark));
  /** React's own marks: of an element it has found, and of a document it listens to. */
  const isHeld = (node: object) => marked(node, "__reactProps$");
  const isHeard = () => marked(document, "_reactListening");

  /**
   * Parts of a page are taken over later than the whole, and an element carries the marks before that is done. A pointer
   * capture goes no further than the page while its element can't hear of it; nothing here listens for one.
   */
  function isTaken(target: Element): boolean {
    let isReached = false;
    const reach = () => {
      isReached = true;
    };
    target.addEventListener("gotpointercapture", reach);
    target.dispatchEvent(new PointerEvent("gotpointercapture", { bubbles: true }));
    target.removeEventListener("gotpointercapture", reach);
    return isReached && isHeld(target);
  }

  function push(target: Element, isReady: () => boolean, again: () => void) {
    early.push({ target, isReady, again, until: Date.now() + GIVE_UP_MS });
    if (isHydrated && early.length === 1) setTimeout(repeat, TICK_MS);
  }

  function keep(event: Event, target: Element, again: () => void) {
    const later = () => push(target, () => isTaken(target), again);
    if (!isHeard()) {
      if (event.type === "click" || event.type === "submit") event.preventDefault();
      later();
    } else if (event.type === "input") {
      // React takes the element over for the event's sake, and sets the text back to the one that was sent.
      later();
    } else {
      // For most events React takes the element over at once if it can, and lets nothing through if not.
      let isThrough = false;
      const pass = () => {
        isThrough = true;
      };
      target.addEventListener(event.type, pass, true);
      setTimeout(() => {
        target.removeEventListener(event.type, pass, true);
        if (!(isThrough && isHeld(target))) later();
      });
    }
  }

  function onPress(event: Event) {
    const { target } = event;
    if (!(target instanceof Element) || target.closest(NATIVE) || isTaken(target)) return;
    const Kind = event.constructor as typeof PointerEvent;
    const same = new Kind(event.type, event as PointerEvent);
    keep(event, target, () => target.dispatchEvent(same));
  }

  function onSubmit(event: Event) {
    const { target } = event;
    if (!(target instanceof HTMLFormElement) || isTaken(target)) return;
    keep(event, target, () => target.requestSubmit());
  }

  function onChange(event: Event) {
    const { target } = event;
    const isFiles = target instanceof HTMLInputElement && target.type === "file";
    if ((!isFiles && !(target instanceof HTMLSelectElement)) || isTaken(target)) return;
    const { value } = target;
    keep(event, target, () => {
      if (!isFiles) target.value = value;
      target.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function onInput(event: Event) {
    const { target } = event;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    if (/^(checkbox|radio|file)$/.test(target.type) || isTaken(target)) return;
    const { value } = target;
    keep(event, target, () => {
      const kind = target instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
      // React hears of a text that differs from the last one set on the element itself.
      target.value = `${value} `;
      Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(target, value);
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  type Carried = Pick<DataTransfer, "types"> & { files: File[]; items: object[] };
  /** True: somebody takes it. */
  function drag(type: "dragover" | "drop", target: Element, dataTransfer: Carried): boolean {
    const event = new DragEvent(type, { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: dataTransfer });
    isOwnDrag = true;
    target.dispatchEvent(event);
    isOwnDrag = false;
    return event.defaultPrevented;
  }

  /** Files that nobody takes would be opened by the browser, in place of the page. */
  function onDrag(event: Event) {
    const { target, dataTransfer } = event as DragEvent;
    if (isOwnDrag || !(target instanceof Element) || !dataTransfer?.types.includes("Files")) return;
    const hangs = () => drag("dragover", target, { types: ["Files"], files: [], items: [] });
    const isReady = () => isTaken(target) && hangs();
    if (isReady()) return;
    event.preventDefault();
    if (event.type !== "drop") return;
    // The list is emptied after the event; the files and folders in it can be read later.
    const entries = [...dataTransfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
    const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
    const carried = { types: ["Files"], files: [...dataTransfer.files], items };
    push(target, isReady, () => drag("drop", target, carried));
  }

  const listeners: [string, (event: Event) => void][] = [
    ["submit", onSubmit],
    ["change", onChange],
    ["input", onInput],
    ["dragover", onDrag],
    ["drop", onDrag],
  ];
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
    listeners.push([type, onPress]);
  for (const [type, listener] of listeners) addEventListener(type, listener, true);

  /** One at a time: what comes next may depend on what the one before changed. */
  function repeat() {
    const [one] = early;
    if (!one) return;
    const isGone = !one.target.isConnected || Date.now() > one.until;
    if (isGone || one.isReady()) {
      early.shift();
      if (!isGone) one.again();
    }
    if (early.length > 0) setTimeout(repeat, TICK_MS);
  }

  addEventListener(
    hydrated,
    () => {
      isHydrated = true;
      setTimeout(repeat, TICK_MS);
      setTimeout(() => {
        for (const [type, listener] of listeners) removeEventListener(type, listener, true);
      }, GIVE_UP_MS);
    },
    { once: true },
  );
}
