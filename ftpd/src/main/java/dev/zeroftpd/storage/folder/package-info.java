/**
 * Virtual folders: directories elsewhere that an account sees within its home, each confined by itself.
 *
 * <p>It knows homes and folders as {@link dev.zeroftpd.storage.Storage} only, never what kind they are. Accounts without folders
 * never come here. Start reading at {@link dev.zeroftpd.storage.folder.FolderedStorage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.folder;
