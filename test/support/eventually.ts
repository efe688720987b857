export { eventually } from '../../cli/local/system/eventually';
