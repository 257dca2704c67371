/**
 * The emulated network: what becomes of each message, by what holds on its link, by who is cut off
 * from whom, and by plan. Decides; carries nothing.
 */
package raftlab.network;
