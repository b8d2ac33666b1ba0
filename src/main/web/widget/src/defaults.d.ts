/** Declarations of the form's variables, put in by the build. */
declare const __LIGHT__: string;
declare const __DARK__: string;
