import { worker } from 'workerpool';
import { examineBatch } from './examine';

/** The worker thread's whole interface: one method, plain data in and out. */
worker({ examineBatch });
