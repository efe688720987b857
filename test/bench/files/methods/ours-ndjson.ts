/** Reads the other file; the code is the same. */
import './ours';
