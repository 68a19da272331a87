/** The contexts that log an error of the start; the caller reports it better. */
export const AT_THE_START = ['ExceptionHandler', 'NestApplication'];

/** The contexts that log each module and route at the start. */
export const TALKATIVE = [
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
];
