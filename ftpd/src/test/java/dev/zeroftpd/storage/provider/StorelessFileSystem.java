package dev.zeroftpd.storage.provider;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file system that is another one in all but its stores, of which it says what plugins for stores of objects say: nothing, or
 * that it knows no such operation. Thread-safe, as the other one is.
 */
final class StorelessFileSystem extends FileSystem {

    private final FileSystem real;
    private final Provider provider;

    /** @param store what is said of the store of every file; may throw */
    StorelessFileSystem(FileSystem real, Supplier<@Nullable FileStore> store) {
        this.real = real;
        this.provider = new Provider(store);
    }

    /** The same path here. */
    private Path here(Path path) {
        Class<?>[] types = {Path.class};
        return (Path) Proxy.newProxyInstance(Path.class.getClassLoader(), types, new PathHere(path));
    }

    private static Path real(Path path) {
        return Proxy.isProxyClass(path.getClass()) && Proxy.getInvocationHandler(path) instanceof PathHere here
                ? here.path
                : path;
    }

    private final class PathHere implements InvocationHandler {

        private final Path path;

        PathHere(Path path) {
            this.path = path;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return StorelessFileSystem.this;
            }
            Object[] unwrapped = new Object[arguments == null ? 0 : arguments.length];
            for (int i = 0; i < unwrapped.length; i++) {
                Object argument = Objects.requireNonNull(arguments)[i];
                unwrapped[i] = argument instanceof Path other ? real(other) : Objects.requireNonNull(argument);
            }
            try {
                Object result = method.invoke(path, unwrapped);
                return result instanceof Path other ? here(other) : result;
            } catch (InvocationTargetException thrown) {
                throw Objects.requireNonNull(thrown.getCause());
            }
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    @Override
    public boolean isOpen() {
        return real.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return real.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(here(real.getRootDirectories().iterator().next()));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return here(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    private final class Provider extends FileSystemProvider {

        private final Supplier<@Nullable FileStore> store;

        Provider(Supplier<@Nullable FileStore> store) {
            this.store = store;
        }

        private FileSystemProvider real() {
            return real.provider();
        }

        @Override
        @SuppressWarnings("NullAway") // what providers do, although they must not
        public FileStore getFileStore(Path path) {
            return store.get();
        }

        @Override
        public String getScheme() {
            return "storeless";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return StorelessFileSystem.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return real().newByteChannel(StorelessFileSystem.real(path), options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            return real().newDirectoryStream(StorelessFileSystem.real(directory), filter);
        }

        @Override
        public Path readSymbolicLink(Path link) throws IOException {
            return here(real().readSymbolicLink(StorelessFileSystem.real(link)));
        }

        @Override
        public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
            real().createDirectory(StorelessFileSystem.real(directory), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            real().delete(StorelessFileSystem.real(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            real().copy(StorelessFileSystem.real(source), StorelessFileSystem.real(target), options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            real().move(StorelessFileSystem.real(source), StorelessFileSystem.real(target), options);
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            return real().isSameFile(StorelessFileSystem.real(path), StorelessFileSystem.real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real().isHidden(StorelessFileSystem.real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real().checkAccess(StorelessFileSystem.real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V getFileAttributeView(
                Path path, Class<V> type, LinkOption... options) {
            return real().getFileAttributeView(StorelessFileSystem.real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return real().readAttributes(StorelessFileSystem.real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return real().readAttributes(StorelessFileSystem.real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            real().setAttribute(StorelessFileSystem.real(path), attribute, value, options);
        }
    }
}
