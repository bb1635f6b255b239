package dev.zeroftpd.spi;

/**
 * Makes the accounts of one kind of place available to the server: found by {@link java.util.ServiceLoader}, so it needs a public
 * constructor without parameters. That must do nothing: {@code ftpd check} makes one of each plugin, only to ask its name.
 */
public interface AccountSourceProvider {

    /**
     * What {@code users.source} calls it: lower-case letters, digits and hyphens, beginning with a letter, and none of the words
     * that the server's own settings begin with. The settings of the plugin begin with it: {@code NAME.KEY}.
     */
    String name();

    /**
     * Makes the source that the settings describe. Called once, when the server starts, on a thread that is fenced as those
     * that serve: no program can be started, and of files only public ones of the system, jars and those that settings name
     * can be read.
     *
     * <p>It must check the settings but not connect: a source that is away at the moment doesn't keep the server from starting.
     *
     * @throws InvalidSettingsException with everything that is wrong with the settings
     */
    AccountSource open(SourceSettings settings) throws InvalidSettingsException;
}
