import { fullFormats } from 'ajv-formats/dist/formats';

/** The formats that compiled schemas call by name. */
export = fullFormats;
