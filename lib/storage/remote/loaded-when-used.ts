import type { ObjectStore } from "./remote-storage";

/** A store whose package is loaded by the first request: a process on another storage starts without it. */
export function loadedWhenUsed(load: () => Promise<ObjectStore>): ObjectStore {
  let loading: Promise<ObjectStore> | undefined;
  const store = () => {
    loading ??= load();
    return loading;
  };
  return {
    putWhole: async (...given) => (await store()).putWhole(...given),
    beginParts: async (...given) => (await store()).beginParts(...given),
    open: async (...given) => (await store()).open(...given),
    head: async (...given) => (await store()).head(...given),
    deleteSome: async (...given) => (await store()).deleteSome(...given),
    list: async (...given) => (await store()).list(...given),
    uploadTarget: async (...given) => (await store()).uploadTarget(...given),
    tidy: async (...given) => (await store()).tidy(...given),
  };
}
