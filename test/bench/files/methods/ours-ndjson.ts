/** The same code as `ours`, for the NDJSON file. */
import './ours';
