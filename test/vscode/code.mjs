#!/usr/bin/env node
// Stands in for the VS Code executable that @vscode/test-electron starts: see stand-in.mts.
import { register } from 'tsx/esm/api';

register();
await import('./stand-in.mts');
