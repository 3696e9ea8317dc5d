" One session: writes what it sees into the file `seen`, applies one fix, saves, and leaves.
let s:seen = []

function! s:wait(what) abort
  let l:left = 600
  while l:left > 0 && !eval(a:what)
    sleep 100m
    let l:left -= 1
  endwhile
endfunction

try
  ALELint
  call s:wait('!empty(ale#engine#GetLoclist(bufnr("%")))')
  for s:found in ale#engine#GetLoclist(bufnr('%'))
    call add(s:seen, get(s:found, 'code', '') . ' ' . s:found.text)
  endfor
  let g:ale_hover_to_preview = 1
  call search('S/NF')
  ALEHover
  call s:wait('winnr("$") > 1')
  wincmd P
  call extend(s:seen, getline(1, '$'))
  pclose
  call search('PGOV')
  let s:tick = b:changedtick
  ALECodeAction
  call s:wait('b:changedtick != ' . s:tick)
catch
  call add(s:seen, 'problem: ' . v:exception . ' ' . v:throwpoint)
endtry
call writefile(s:seen, 'seen')
silent! wall
qall!
