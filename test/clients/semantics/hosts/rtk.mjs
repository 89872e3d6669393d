import { configureStore } from '@reduxjs/toolkit';

/** Calls the first endpoint of an api, as a component would in an application that has it in its store. */
export async function run(api) {
  const store = configureStore({
    reducer: { api: api.reducer },
    middleware: (own) => own({ serializableCheck: false }).concat(api.middleware),
  });
  const [endpoint] = Object.values(api.endpoints);
  const report = console.error;
  // What is refused is printed; here it is thrown, as other clients do.
  console.error = () => {};
  const { error } = await store.dispatch(endpoint.initiate('7')).finally(() => {
    console.error = report;
  });
  if (error) throw error;
}
