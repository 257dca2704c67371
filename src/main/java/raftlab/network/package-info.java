/**
 * The emulated network: decides for each message whether it is dropped, delayed, duplicated or
 * corrupted, from the conditions of its link, the topology and the script. It does not deliver
 * messages itself.
 */
package raftlab.network;
