/** Whether dist/ is there, and newer than its sources. */
export declare function isBuilt(): boolean;
